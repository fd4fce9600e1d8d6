/** Converts operations on the canvas to the events of a replay file, and back. */
import type { CanvasOperation } from '../../automaton/canvas-operation.ts';
import type { StrokePoint } from '../../automaton/types.ts';
import type { ReplayEvent } from '../../common/replay/replay.ts';

/** The event of an operation. Its ink is elsewhere in the file. */
export type CanvasEvent = Extract<ReplayEvent, { do: CanvasOperation['kind'] }>;

/** @param after the number of steps since the previous event */
export function encodeOperation(after: number, operation: CanvasOperation): CanvasEvent {
  switch (operation.kind) {
    case 'tile': {
      const { column, row, label, keepState } = operation;
      return { do: 'tile', after, column, row, label, keepState };
    }
    case 'stamp': {
      const { x, y, width, height } = operation.rectangle;
      return { do: 'stamp', after, x, y, width, height, ...operation.options };
    }
    case 'paint': {
      const { radius, erase = false } = operation.brush;
      return { do: 'paint', after, points: numbersOf(operation.points), radius, erase };
    }
    case 'damage':
      return { do: 'damage', after, points: numbersOf(operation.points), radius: operation.radius };
    case 'kill': {
      const { points, radius, seed } = operation;
      return { do: 'kill', after, points: numbersOf(points), radius, seed };
    }
    case 'label': {
      const { column, row, label } = operation;
      return { do: 'label', after, column, row, label };
    }
    case 'clear':
      return { do: 'clear', after };
    case 'wipe':
      return { do: 'wipe', after, column: operation.column, row: operation.row };
  }
}

/** @param ink the ink of the event, one byte per cell; see `imageBytesOf` */
export function decodeOperation(event: CanvasEvent, ink: Uint8Array): CanvasOperation {
  switch (event.do) {
    case 'tile': {
      const { column, row, label, keepState } = event;
      return { kind: 'tile', column, row, image: ink, label, keepState };
    }
    case 'stamp': {
      const { x, y, width, height, combine, keepState } = event;
      return { kind: 'stamp', ink, rectangle: { x, y, width, height }, options: { combine, keepState } };
    }
    case 'paint': {
      const { points, radius, erase } = event;
      return { kind: 'paint', points: pointsOf(points), brush: { radius, erase } };
    }
    case 'damage':
      return { kind: 'damage', points: pointsOf(event.points), radius: event.radius };
    case 'kill':
      return { kind: 'kill', points: pointsOf(event.points), radius: event.radius, seed: event.seed };
    case 'label':
      return { kind: 'label', column: event.column, row: event.row, label: event.label };
    case 'clear':
      return { kind: 'clear' };
    case 'wipe':
      return { kind: 'wipe', column: event.column, row: event.row };
  }
}

function numbersOf(points: readonly StrokePoint[]): number[] {
  return points.flatMap(({ x, y, pressure = 1 }) => [x, y, pressure]);
}

function pointsOf(numbers: readonly number[]): StrokePoint[] {
  const points: StrokePoint[] = [];
  for (let start = 0; start < numbers.length; start += 3) {
    points.push({ x: numbers[start], y: numbers[start + 1], pressure: numbers[start + 2] });
  }
  return points;
}
