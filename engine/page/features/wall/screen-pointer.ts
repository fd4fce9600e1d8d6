/** Strokes on a screen that can be touched. They go to the room, and come back as entries of the log. */
import type { Playground } from '../../../session/playground.ts';
import type { HandAction } from '../../../together/messages.ts';
import { MOST_POINTS } from '../../../together/limits.ts';
import type { Sender } from './sender.ts';

type Stroke = Extract<HandAction, { do: 'stroke' }>;

/** Lets every pointer on the canvas draw. */
export function drawOn(playground: Playground, sender: Sender, canvas: HTMLCanvasElement): void {
  const { camera, settings } = playground;
  const strokes = new Map<number, { readonly stroke: number; points: Stroke['points'] }>();
  let count = 0;
  const cellsOf = (event: PointerEvent): Stroke['points'][number] => ({
    ...camera.toCells({ x: event.offsetX, y: event.offsetY }),
    ...(event.pointerType === 'pen' && event.pressure > 0 ? { pressure: event.pressure } : {}),
  });
  /** Sends the points since the last segment, which the next one goes on from. */
  const flush = (pointer: number): void => {
    const drawn = strokes.get(pointer);
    if (!drawn || drawn.points.length === 0) return;
    const { stroke, points } = drawn;
    drawn.points = points.slice(-1);
    sender.draw({ do: 'stroke', stroke, points, radius: settings.values.brushRadius, erase: false });
  };
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    count += 1;
    strokes.set(event.pointerId, { stroke: count, points: [cellsOf(event)] });
    flush(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    const drawn = strokes.get(event.pointerId);
    if (!drawn) return;
    for (const each of event.getCoalescedEvents?.() ?? []) drawn.points.push(cellsOf(each));
    if (drawn.points.length === 1) drawn.points.push(cellsOf(event));
    if (drawn.points.length > MOST_POINTS) drawn.points = drawn.points.slice(-MOST_POINTS);
    flush(event.pointerId);
  });
  for (const name of ['pointerup', 'pointercancel'] as const) {
    canvas.addEventListener(name, (event) => strokes.delete(event.pointerId));
  }
}
