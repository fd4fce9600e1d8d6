/** Operations on the canvas as events of a replay file: their schemas, and the conversion in both directions. */
import * as v from 'valibot';
import type { CanvasOperation } from '../../automaton/canvas-operation.ts';
import type { StrokePoint } from '../../automaton/types.ts';
import { wordSchema } from '../../common/scene/scene.ts';
import { after, between, whole } from './event-fields.ts';

/** Bytes of a digit's image. */
const IMAGE_BYTES = 784;

const MOST_NUMBERS = 3 * 100_000;
const FARTHEST_CELL = 100_000;

/** x, y and pressure of each point, one after the other. */
const points = v.pipe(
  v.array(between(-FARTHEST_CELL, FARTHEST_CELL)),
  v.maxLength(MOST_NUMBERS),
  v.check((numbers) => numbers.length % 3 === 0, 'does not consist of whole points of x, y and pressure'),
);
const radius = between(0, 64);
const place = { column: whole(0, 1023), row: whole(0, 1023) };
const label = v.nullable(whole(0, 1023));

/** The events of operations. Their ink is elsewhere in the file. */
export const operationEvents = [
  v.strictObject({ do: v.literal('tile'), after, ...place, label, keepState: v.boolean() }),
  v.strictObject({
    do: v.literal('stamp'),
    after,
    x: whole(-FARTHEST_CELL, FARTHEST_CELL),
    y: whole(-FARTHEST_CELL, FARTHEST_CELL),
    width: whole(1, 65_536),
    height: whole(1, 65_536),
    combine: v.picklist(['replace', 'max']),
    keepState: v.boolean(),
  }),
  v.strictObject({ do: v.literal('paint'), after, points, radius, erase: v.boolean() }),
  v.strictObject({ do: v.literal('damage'), after, points, radius }),
  v.strictObject({ do: v.literal('kill'), after, points, radius, seed: wordSchema }),
  v.strictObject({ do: v.literal('label'), after, ...place, label }),
  v.strictObject({ do: v.literal('clear'), after }),
  v.strictObject({ do: v.literal('wipe'), after, ...place }),
] as const;

export type OperationEvent = v.InferOutput<(typeof operationEvents)[number]>;

/** Returns the number of bytes of ink that belong to an event. */
export function imageBytesOf(event: {
  readonly do: string;
  readonly width?: number;
  readonly height?: number;
}): number {
  if (event.do === 'tile') return IMAGE_BYTES;
  return event.do === 'stamp' ? (event.width ?? 0) * (event.height ?? 0) : 0;
}

/** @param steps the number of steps since the previous event */
export function encodeOperation(steps: number, operation: CanvasOperation): OperationEvent {
  switch (operation.kind) {
    case 'tile': {
      const { column, row, label, keepState } = operation;
      return { do: 'tile', after: steps, column, row, label, keepState };
    }
    case 'stamp': {
      const { x, y, width, height } = operation.rectangle;
      return { do: 'stamp', after: steps, x, y, width, height, ...operation.options };
    }
    case 'paint': {
      const { radius, erase = false } = operation.brush;
      return { do: 'paint', after: steps, points: numbersOf(operation.points), radius, erase };
    }
    case 'damage':
      return { do: 'damage', after: steps, points: numbersOf(operation.points), radius: operation.radius };
    case 'kill': {
      const { points, radius, seed } = operation;
      return { do: 'kill', after: steps, points: numbersOf(points), radius, seed };
    }
    case 'label': {
      const { column, row, label } = operation;
      return { do: 'label', after: steps, column, row, label };
    }
    case 'clear':
      return { do: 'clear', after: steps };
    case 'wipe':
      return { do: 'wipe', after: steps, column: operation.column, row: operation.row };
  }
}

/** @param ink that the event brings, one byte a cell; see `imageBytesOf` */
export function decodeOperation(event: OperationEvent, ink: Uint8Array): CanvasOperation {
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
