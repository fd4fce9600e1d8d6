/** The lessons as data: what is on the canvas, and what happens to it at which step. */
import type { CanvasLayout, StrokePoint } from '../../../automaton/types.ts';
import type { NamedModels } from '../../../session/named-models.ts';
import type { SettingValues } from '../../../session/settings.ts';

export const LESSON_NAMES = ['agree', 'heal', 'change', 'chimera', 'cut', 'unknown', 'learn'] as const;
export type LessonName = (typeof LESSON_NAMES)[number];

/** A line through points, in cells. */
export type Line = readonly (readonly [x: number, y: number])[];

/** A change of the canvas, as if made by hand. */
export interface Act {
  /** The step since the beginning of the lesson at which the act happens. */
  readonly step: number;
  readonly kind: 'paint' | 'erase' | 'wipe';
  readonly lines: readonly Line[];
  /** The radius of the brush, in cells. */
  readonly radius: number;
}

export interface Lesson {
  readonly name: LessonName;
  readonly layout: CanvasLayout;
  /** The digits that are written into the tiles, in reading order. */
  readonly digits: readonly number[];
  readonly acts: readonly Act[];
  readonly settings: Partial<SettingValues>;
  /** The name of the model that it needs. Without it, the lesson is not offered. By default, the first of the site. */
  readonly model?: string;
  /** Whether it tells how many cells of a digit in the first tile, and of other ink in the second, are undecided. */
  readonly tellsUndecided?: boolean;
  /** Whether the cells are taught a sign while the lesson runs. */
  readonly teaches?: boolean;
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
// The small upper loop of an 8 over the large, open lower half of a 3. It is so much like both that neither wins.
// prettier-ignore
const SMALL_UPPER_LOOP: Line = [
  [16.8, 14.1], [10.9, 12.4], [14.4, 8.3], [16.1, 5.9], [20.8, 10.2], [21.6, 11.3], [16.8, 14.1],
];
// prettier-ignore
const LARGE_LOWER_HALF_OF_THREE: Line = [[16.8, 14.1], [24.7, 20.9], [24.7, 27.5], [19.5, 27.3], [11.1, 27.2], [7.2, 28.1]];

// A 6 with a hint of an 8's waist. Closing its upper loop is enough to make it an 8.
// prettier-ignore
const SIX: Line = [
  [19.5, 3], [14.75, 6], [13, 9], [12.5, 10.75], [12.5, 16.25], [11, 18.25],
  [11.75, 24.75], [17.5, 25.5], [17.75, 25], [21, 20.25], [18.75, 18], [11.75, 15.75],
];
// prettier-ignore
const CLOSED_UPPER_LOOP: Line = [[19.5, 3], [20.5, 8.75], [20.75, 11.75], [15.75, 13.5], [13.25, 18]];

// prettier-ignore
const LOWER_LOOP_OF_EIGHT: Line = [[16, 16], [11, 20], [11, 24], [16, 27], [21, 24], [21, 20], [16, 16]];

// A star of one line, in the second tile.
// prettier-ignore
const STAR: Line = [[48, 5], [55.1, 26.7], [36.6, 13.3], [59.4, 13.3], [40.9, 26.7], [48, 5]];

/** The model that has learned to leave ink undecided that is no digit. */
const UNDECIDING_MODEL = 'pencil';

const LESSONS: readonly Lesson[] = [
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
  {
    name: 'unknown',
    layout: { columns: 2, rows: 1, tile: 32 },
    digits: [3],
    acts: [{ step: 0, kind: 'paint', lines: [STAR], radius: PEN }],
    settings: common,
    model: UNDECIDING_MODEL,
    tellsUndecided: true,
  },
  {
    name: 'learn',
    layout: { columns: 4, rows: 2, tile: 32 },
    digits: [2, 3, 7, 5, 8, 0, 4, 6],
    acts: [],
    settings: { ...common, stepsPerSecond: 30, view: 'disagreement' },
    teaches: true,
  },
];

/** Returns the lessons that can be shown with the models that there are. */
export function lessonsWith(models: Pick<NamedModels, 'has'>): readonly Lesson[] {
  return LESSONS.filter(({ model }) => model === undefined || models.has(model));
}

export function pointsOf(line: Line): StrokePoint[] {
  return line.map(([x, y]) => ({ x, y }));
}
