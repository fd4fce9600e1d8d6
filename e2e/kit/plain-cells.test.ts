import { describe, expect, test } from 'vitest';
import { TINY_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { makePalette } from '../../engine/view/palettes.ts';
import type { View } from '../../engine/view/views.ts';
import { type CellChoices, cellChoices, isTorn } from './plain-cells.ts';
import type { PlainRun } from './plain-run.ts';

const { classes, channels } = TINY_SPECIFICATION;
const palette = makePalette('seed', classes);

/** A cell as a test gives it: its ink, its logits by class, and what they may be wrong by. */
interface MadeUpCell {
  readonly ink: number;
  readonly logits?: Readonly<Record<number, number>>;
  readonly before?: Readonly<Record<number, number>>;
  readonly error?: number;
  /** Values of other channels. */
  readonly hidden?: Readonly<Record<number, number>>;
}

/** A row of cells, one tile. */
function row(...cells: readonly MadeUpCell[]): PlainRun {
  const moment = (logitsOf: (cell: MadeUpCell) => Readonly<Record<number, number>> | undefined) => {
    const data = new Float32Array(cells.length * channels.count);
    cells.forEach((cell, index) => {
      const start = index * channels.count;
      for (const [label, value] of Object.entries(logitsOf(cell) ?? {})) {
        data[start + channels.firstLogit + Number(label)] = value;
      }
      for (const [channel, value] of Object.entries(cell.hidden ?? {})) data[start + Number(channel)] = value;
    });
    const state = { width: cells.length, height: 1, channels: channels.count, data };
    return { state, error: Float32Array.from(cells, ({ error = 0 }) => error) };
  };
  return {
    model: { specification: TINY_SPECIFICATION, weights: new Map() },
    layout: { columns: 1, rows: 1, tile: cells.length },
    width: cells.length,
    height: 1,
    ink: Uint8Array.from(cells, ({ ink }) => ink),
    lives: Uint8Array.from(cells, ({ ink }) => Number(ink >= 26)),
    steps: 1,
    now: moment(({ logits }) => logits),
    before: moment(({ before, logits }) => before ?? logits),
  };
}

function look(run: PlainRun, view: View, shown: readonly [number, number, number] = [1, 2, 3]): CellChoices[] {
  return cellChoices(run, { view, palette, channels: shown });
}

const says = (choices: CellChoices): string[] => choices.map((one) => one.says);
const PAPER = [255, 255, 255];

describe('the label of a cell', () => {
  test('is that of its greatest logit, in the colour of its class', () => {
    const [[cell]] = look(row({ ink: 255, logits: { 3: 0.5, 7: 0.4 } }), 'label');
    expect(cell).toEqual({ low: [210, 245, 60], high: [210, 245, 60], says: '"3"' });
  });

  test('fades with its ink, and is paper without any', () => {
    const [half, none] = look(row({ ink: 51, logits: { 0: 1 } }, { ink: 0 }), 'label');
    expect(half[0].low.map(Math.round)).toEqual([230, 204, 204]);
    expect(none[0].low).toEqual(PAPER);
  });

  test('is undecided below the threshold, and where no cell lives', () => {
    const [low, faint] = look(row({ ink: 255, logits: { 3: 0.009 } }, { ink: 20, logits: { 3: 1 } }), 'label');
    expect(says(low)).toEqual(['undecided']);
    expect(says(faint)).toEqual(['undecided']);
    expect(faint[0].low.map(Math.round)).toEqual([235, 235, 235]);
  });

  test('may be another one only where logits are closer than their errors', () => {
    const at = (error: number): string[] =>
      says(look(row({ ink: 255, logits: { 3: 0.5, 7: 0.49 }, error }), 'label')[0]);
    expect(at(0.004)).toEqual(['"3"']);
    expect(at(0.006)).toEqual(['"3"', '"7"']);
    const nearZero = (error: number): string[] =>
      says(look(row({ ink: 255, logits: { 3: 0.012 }, error }), 'label')[0]);
    expect(nearZero(0.001)).toEqual(['"3"']);
    expect(nearZero(0.003)).toEqual(['"3"', 'undecided']);
  });

  test('is the first of equal ones where nothing has been computed', () => {
    expect(says(look(row({ ink: 255, logits: { 4: 0.5, 8: 0.5 } }), 'label')[0])).toEqual(['"4"']);
  });
});

describe('other views', () => {
  test('ink is as dark as there is of it', () => {
    const cells = look(row({ ink: 0 }, { ink: 102 }, { ink: 255 }), 'ink');
    expect(cells.map(([{ low }]) => Math.round(low[0]))).toEqual([255, 153, 0]);
  });

  test('confidence is the distance to the second, in a byte, on the ramp', () => {
    const [even, torn] = look(
      row({ ink: 255, logits: { 1: 0.6, 2: 0 } }, { ink: 255, logits: { 1: 0.5 }, error: 0.1 }),
      'confidence',
    );
    // A fifth of the way from the middle of the ramp to its end.
    expect(even[0].low.map(Math.round)).toEqual([150, 163, 177]);
    expect(isTorn(even)).toBe(false);
    expect(torn[0].low[0]).toBeLessThan(115);
    expect(torn[0].high[0]).toBeGreaterThan(200);
    expect(isTorn(torn)).toBe(true);
  });

  test('flicker tells what a cell said a step before', () => {
    const cells = look(
      row(
        { ink: 255, logits: { 1: 1 } },
        { ink: 255, logits: { 1: 1 }, before: { 2: 1 } },
        { ink: 255, logits: { 1: 1 }, before: { 1: 0.5, 2: 0.499 }, error: 0.01 },
      ),
      'flicker',
    );
    expect(cells.map(says)).toEqual([
      ['keeps its label'],
      ['has changed its label'],
      ['keeps its label', 'has changed its label'],
    ]);
  });

  test('disagreement compares with the majority of the tile', () => {
    const two = { ink: 255, logits: { 2: 1 } };
    const cells = look(row(two, two, { ink: 255, logits: { 5: 1 } }, { ink: 255 }, { ink: 0 }), 'disagreement');
    expect(cells.map(says)).toEqual([['agrees'], ['agrees'], ['disagrees'], ['undecided'], ['undecided']]);
  });

  test('a majority that hangs on a torn cell may be either', () => {
    const torn = { ink: 255, logits: { 2: 0.5, 5: 0.499 }, error: 0.01 };
    const cells = look(row({ ink: 255, logits: { 2: 1 } }, { ink: 255, logits: { 5: 1 } }, torn), 'disagreement');
    expect(cells.map(says)).toEqual([
      ['agrees', 'disagrees'],
      ['disagrees', 'agrees'],
      ['agrees', 'disagrees'],
    ]);
  });

  test('a channel is squashed onto the ramp, three onto red, green and blue; the ink is the canvas\u2019 own', () => {
    const run = row({ ink: 128, hidden: { 1: 0.25, 2: 0, 3: -0.25 } }, { ink: 0, hidden: { 1: 1 } });
    const [one, none] = look(run, 'channel');
    // 4 · 0.25 = 1, squashed to 0.75: half way from the middle of the ramp to its end.
    expect(one[0].low).toEqual([93.5, 127.5, 161.5]);
    expect(none[0].low).toEqual(PAPER);
    expect(look(run, 'channels')[0][0].low).toEqual([191.25, 127.5, 63.75]);
    const ink = look(run, 'channels', [channels.ink, 2, 2])[0][0];
    expect(ink.low[0]).toBeCloseTo(255 * (0.5 + (0.5 * 4 * (128 / 255)) / (1 + 4 * (128 / 255))), 9);
  });

  test('the range of a channel covers the middle of the ramp if its error does', () => {
    const [[cell]] = look(row({ ink: 255, hidden: { 1: 0 }, error: 0.25 }), 'channel');
    expect(cell).toMatchObject({ low: [93.5, 127.5, 119], high: [212.5, 187, 187] });
  });
});
