import { expect, test } from 'vitest';
import type { DigitStatistics, Statistics } from '../../../automaton/types.ts';
import { Emitter } from '../../../core/events.ts';
import type { EditorEvents } from '../../../session/editor-events.ts';
import type { PlaygroundEvents } from '../../../session/playground-events.ts';
import type { Playground } from '../../../session/playground.ts';
import { TouchedDrawings } from './touched-drawings.ts';

const SIDE = 4;
const WIDTH = 3 * SIDE;

/** A canvas of 3 × 1 tiles whose only ink is one line of cells, from column to column of cells. */
function playgroundWith(from: number, to: number) {
  const editor = { events: new Emitter<EditorEvents>() };
  const events = new Emitter<PlaygroundEvents>();
  const isInk = (cell: number): boolean => Math.floor(cell / WIDTH) === 1 && cell % WIDTH >= from && cell % WIDTH <= to;
  const simulation = {
    layout: { columns: 3, rows: 1, tile: SIDE },
    canvas: { width: WIDTH, inkOf: (cell: number) => (isInk(cell) ? 255 : 0) },
    model: { specification: { classification: { inkThreshold: 0.1 } } },
  };
  return { editor, events, simulation };
}

/** Figures of tiles by column, each with its cells for class 0, for class 1, and undecided ones. */
function figures(step: number, ...tiles: readonly (readonly [number, number, number])[]): Statistics {
  const digits = tiles.map(([zero, one, undecided], column): DigitStatistics => {
    const inkCells = zero + one + undecided;
    const most = Math.max(zero, one);
    const vote = 2 * undecided <= inkCells ? [zero, one].indexOf(most) : null;
    const shares = { agreement: most / inkCells, confidence: 0, undecided: undecided / inkCells };
    return { column, row: 0, label: null, vote, inkCells, votes: [zero, one], ...shares };
  });
  const none = { cellAccuracy: null, agreement: null, majorityAccuracy: null, unanimousCorrect: null, flicker: null };
  return { step, liveCells: 0, inkCells: 0, undecided: null, digits, ...none };
}

function touchedOn(playground: ReturnType<typeof playgroundWith>) {
  const drawings = new TouchedDrawings(playground as unknown as Playground);
  const point = { x: 0, y: 1 };
  return {
    touch: (x: number) => {
      point.x = x;
    },
    read: (statistics: Statistics) => {
      playground.events.emit('measured', statistics);
      return drawings.read(statistics, point);
    },
    change: () => playground.events.emit('layout', playground.simulation.layout),
  };
}

test('a drawing is judged as a whole, whichever of its tiles is touched', () => {
  const { touch, read } = touchedOn(playgroundWith(2, 6));
  const statistics = figures(90, [0, 0, 10], [5, 25, 0], [8, 0, 0]);
  for (const x of [1, 5]) {
    touch(x);
    expect(read(statistics)).toMatchObject({ opinion: { vote: 1, agreement: 25 / 40 }, isUnknown: false });
  }
  touch(9);
  expect(read(statistics)).toMatchObject({ column: 2, opinion: { vote: 0, agreement: 1 } });
});

test('it is unknown when most of all its cells have stayed undecided for long enough, wherever the pointer was', () => {
  const { touch, read, change } = touchedOn(playgroundWith(2, 6));
  const [mostlyUndecided, decided] = [
    [0, 0, 30],
    [10, 0, 0],
  ] as const;
  touch(1);
  expect(read(figures(0, mostlyUndecided, decided))?.isUnknown).toBe(false);
  expect(read(figures(59, mostlyUndecided, decided))?.isUnknown).toBe(false);
  touch(9);
  touch(5);
  expect(read(figures(60, mostlyUndecided, decided))?.isUnknown).toBe(true);
  change();
  expect(read(figures(61, mostlyUndecided, decided))?.isUnknown).toBe(false);
});

test('a tile without ink has nothing to judge', () => {
  const { touch, read } = touchedOn(playgroundWith(0, 1));
  touch(9);
  expect(read(figures(70, [0, 0, 10]))).toEqual({ column: 2, row: 0, opinion: null, isUnknown: false });
});
