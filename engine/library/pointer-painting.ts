/** Lets mouse, finger and pen paint on the canvas of an embedded simulation. */
import { Strokes, type Stroke } from '../session/strokes.ts';
import type { Playground } from '../session/playground.ts';
import { Contacts, isEraserEnd } from '../session/contacts.ts';
import type { StrokePoint } from '../automaton/types.ts';

/** Connects the pointer. Returns a function that removes the listeners. */
export function connectPainting(canvas: HTMLCanvasElement, playground: Playground): () => void {
  const { camera, editor, events, settings } = playground;
  const strokes = new Strokes(playground);
  const stopped = new AbortController();

  const pointOf = ({ clientX, clientY, pointerType, pressure }: PointerEvent): StrokePoint => {
    const box = canvas.getBoundingClientRect();
    const cell = camera.toCells({ x: clientX - box.left, y: clientY - box.top });
    return { ...cell, pressure: pointerType === 'pen' ? pressure : 1 };
  };
  const began = (event: PointerEvent): Stroke | null => {
    const erases = isEraserEnd(event);
    if ((event.button !== 0 && !erases) || !playground.live) return null;
    const point = pointOf(event);
    if (settings.values.tool !== 'stamp' || erases) return strokes.begin([point], erases);
    editor.stamp(point, settings.values.stamp);
    return null;
  };
  const contacts = new Contacts<Stroke>(
    canvas,
    {
      began,
      moved: (stroke, _event, samples) => {
        if (playground.live) strokes.go(stroke, samples.map(pointOf));
      },
      ended: (stroke, end) => {
        if (end === 'cancelled') strokes.takeBack(stroke);
        else strokes.end(stroke);
      },
      hovering: () => undefined,
    },
    stopped.signal,
  );
  const stops = [events.on('lost', () => contacts.endAll()), events.on('layout', () => contacts.endAll())];
  const touchAction = canvas.style.touchAction;
  // Otherwise a finger would scroll the page.
  canvas.style.touchAction = 'none';
  return () => {
    stopped.abort();
    for (const stop of stops) stop();
    canvas.style.touchAction = touchAction;
  };
}
