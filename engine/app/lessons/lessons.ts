/** The lessons as data: what lies on the canvas, and what happens to it after so many steps. */
import type { CanvasLayout, StrokePoint } from '../../automaton/types.ts';
import type { SettingValues } from '../settings.ts';

export const LESSON_NAMES = ['agree', 'heal', 'change', 'chimera', 'cut'] as const;
export type LessonName = (typeof LESSON_NAMES)[number];

/** A line through points, in cells. */
export type Line = readonly (readonly [x: number, y: number])[];

/** Something that is done to the canvas, as by a hand. */
export interface Act {
  /** After so many steps since the lesson began. */
  readonly step: number;
  readonly kind: 'paint' | 'erase' | 'wipe';
  readonly lines: readonly Line[];
  /** Of the brush, in cells. */
  readonly radius: number;
}

export interface Lesson {
  readonly name: LessonName;
  readonly layout: CanvasLayout;
  /** Digits written into the tiles in reading order. */
  readonly digits: readonly number[];
  readonly acts: readonly Act[];
  readonly settings: Partial<SettingValues>;
}

/** Slow enough to follow with the eye. */
const STEPS_PER_SECOND = 12;

const PEN = 1.5;

const ONE_TILE: CanvasLayout = { columns: 1, rows: 1, tile: 32 };

const common = {
  paused: false,
  stepsPerSecond: STEPS_PER_SECOND,
  view: 'label',
  tool: 'brush',
  brushRadius: PEN,
} as const;

const UPPER_LOOP_OF_EIGHT: Line = [
  [16, 16],
  [11, 12],
  [11, 8],
  [16, 5],
  [21, 8],
  [21, 12],
  [16, 16],
];
// A small upper loop of an 8 over a large, open lower half of a 3: so much of either that neither gives way.
// prettier-ignore
const SMALL_UPPER_LOOP: Line = [
  [16, 15], [11.75, 11.6], [11.75, 8.2], [16, 5.65], [20.25, 8.2], [20.25, 11.6], [16, 15],
];
// prettier-ignore
const LARGE_LOWER_HALF_OF_THREE: Line = [[16, 15], [23, 20.6], [23, 26.2], [16, 29], [10.4, 29], [7.4, 27.5]];

// A 6 with a hint of an 8's waist: closing its upper loop is all that it takes.
// prettier-ignore
const SIX: Line = [
  [19, 5], [13.3, 7], [11.15, 10], [10.95, 13], [11.55, 15.7], [10.95, 18.7],
  [11, 22.7], [15.4, 26.85], [20.7, 24.3], [21, 20], [17, 17], [12.6, 17.4],
];
// prettier-ignore
const CLOSED_UPPER_LOOP: Line = [[19, 5], [21.5, 8], [20, 12.5], [16.5, 16], [11.55, 15.5]];

// prettier-ignore
const LOWER_LOOP_OF_EIGHT: Line = [[16, 16], [11, 20], [11, 24], [16, 27], [21, 24], [21, 20], [16, 16]];
export const LESSONS: readonly Lesson[] = [
  {
    name: 'agree',
    layout: { columns: 3, rows: 2, tile: 32 },
    digits: [2, 7, 3, 5, 0, 4],
    acts: [],
    settings: common,
  },
  {
    name: 'heal',
    layout: { columns: 3, rows: 1, tile: 32 },
    digits: [3, 5, 2],
    acts: [
      {
        step: 50,
        kind: 'wipe',
        lines: [
          [
            [4, 16],
            [92, 16],
          ],
        ],
        radius: 6,
      },
      {
        step: 110,
        kind: 'wipe',
        lines: [
          [
            [4, 8],
            [92, 24],
          ],
        ],
        radius: 6,
      },
    ],
    settings: { ...common, tool: 'damage', damageMode: 'wipe', brushRadius: 4 },
  },
  {
    name: 'change',
    layout: ONE_TILE,
    digits: [],
    acts: [
      { step: 0, kind: 'paint', lines: [SIX], radius: PEN },
      { step: 70, kind: 'paint', lines: [CLOSED_UPPER_LOOP], radius: PEN },
    ],
    settings: common,
  },
  {
    name: 'chimera',
    layout: ONE_TILE,
    digits: [],
    acts: [{ step: 0, kind: 'paint', lines: [SMALL_UPPER_LOOP, LARGE_LOWER_HALF_OF_THREE], radius: PEN }],
    settings: common,
  },
  {
    name: 'cut',
    layout: ONE_TILE,
    digits: [],
    acts: [
      { step: 0, kind: 'paint', lines: [UPPER_LOOP_OF_EIGHT, LOWER_LOOP_OF_EIGHT], radius: PEN },
      {
        step: 60,
        kind: 'erase',
        lines: [
          [
            [4, 16],
            [28, 16],
          ],
        ],
        radius: 2,
      },
      {
        step: 70,
        kind: 'wipe',
        lines: [
          [
            [4, 8],
            [28, 8],
          ],
          [
            [4, 24],
            [28, 24],
          ],
        ],
        radius: 8,
      },
    ],
    settings: { ...common, brushRadius: PEN },
  },
];

export function pointsOf(line: Line): StrokePoint[] {
  return line.map(([x, y]) => ({ x, y }));
}
