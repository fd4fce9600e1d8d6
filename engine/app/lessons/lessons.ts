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
const LOWER_RIGHT_OF_THREE: Line = [
  [16, 16],
  [21, 20],
  [21, 24],
  [16, 27],
  [10, 25],
];

// prettier-ignore
const SIX: Line = [[20, 6], [15, 5], [11, 9], [10, 16], [11, 23], [15, 27], [20, 25], [21, 20], [17, 16], [12, 18]];

// prettier-ignore
const LOWER_LOOP_OF_EIGHT: Line = [[16, 16], [11, 20], [11, 24], [16, 27], [21, 24], [21, 20], [16, 16]];
const WAIST: Line = [
  [10, 13.5],
  [10, 18.5],
];

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
      // Without a waist the cells see a 0 in it.
      { step: 70, kind: 'erase', lines: [WAIST], radius: 2.2 },
      { step: 71, kind: 'paint', lines: [UPPER_LOOP_OF_EIGHT, LOWER_LOOP_OF_EIGHT], radius: PEN },
    ],
    settings: common,
  },
  {
    name: 'chimera',
    layout: ONE_TILE,
    digits: [],
    acts: [{ step: 0, kind: 'paint', lines: [UPPER_LOOP_OF_EIGHT, LOWER_RIGHT_OF_THREE], radius: PEN }],
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
