/** Lets mouse, fingers and pens paint on the canvas of an embedded simulation. */
import type { Playground } from '../app/playground.ts';
import type { StrokePoint } from '../automaton/types.ts';

/** The function returned takes the listeners away. */
export function connectPainting(canvas: HTMLCanvasElement, playground: Playground): () => void {
  const { camera, editor, settings } = playground;
  const lastPoints = new Map<number, StrokePoint>();
  const stopped = new AbortController();

  const pointOf = ({ clientX, clientY, pointerType, pressure }: PointerEvent): StrokePoint => {
    const box = canvas.getBoundingClientRect();
    const cell = camera.toCells({ x: clientX - box.left, y: clientY - box.top });
    return { ...cell, pressure: pointerType === 'pen' ? pressure : 1 };
  };
  const apply = (points: readonly StrokePoint[]): void => {
    const { tool, brushRadius } = settings.values;
    if (tool === 'damage') editor.damage(points, brushRadius);
    else editor.paint(points, { radius: brushRadius, erase: tool === 'eraser' });
  };
  const down = (event: PointerEvent): void => {
    if (event.button !== 0 || !playground.live) return;
    const point = pointOf(event);
    if (settings.values.tool === 'stamp') {
      editor.stamp(point, settings.values.stamp);
      return;
    }
    if (event.isTrusted) canvas.setPointerCapture(event.pointerId);
    editor.beginChange();
    lastPoints.set(event.pointerId, point);
    apply([point]);
  };
  const move = (event: PointerEvent): void => {
    const last = lastPoints.get(event.pointerId);
    if (!last || !playground.live) return;
    const seen = event.getCoalescedEvents();
    const points = (seen.length > 0 ? seen : [event]).map(pointOf);
    apply([last, ...points]);
    lastPoints.set(event.pointerId, points[points.length - 1] ?? last);
  };
  const up = (event: PointerEvent): void => {
    if (lastPoints.delete(event.pointerId) && lastPoints.size === 0) editor.endChange();
  };
  const { signal } = stopped;
  canvas.addEventListener('pointerdown', down, { signal });
  canvas.addEventListener('pointermove', move, { signal });
  canvas.addEventListener('pointerup', up, { signal });
  canvas.addEventListener('pointercancel', up, { signal });
  const touchAction = canvas.style.touchAction;
  // Else a finger would scroll the page.
  canvas.style.touchAction = 'none';
  return () => {
    stopped.abort();
    canvas.style.touchAction = touchAction;
  };
}
