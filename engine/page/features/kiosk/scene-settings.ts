/** The scenes of the show as data: the settings of each kind, and the default show. */
import * as v from 'valibot';
import type { ShapeName } from '../../../learning/strokes/shapes.ts';
import { fieldsOf, listOf, listOfHours, numberFrom, oneOf, trueOrFalse, wholeFrom } from './checks.ts';
import type { Language } from './languages.ts';
import { didYouMean } from './nearest.ts';

export const WAVE_DIRECTIONS = ['right', 'left', 'down', 'up', 'outward'] as const;
export type WaveDirection = (typeof WAVE_DIRECTIONS)[number];

/** Shapes that nobody takes for a digit or a letter, and that a hand draws within a few seconds. */
export const SHOWN_SHAPES = ['heart', 'star', 'sun', 'spiral', 'arrow', 'grid'] as const satisfies readonly ShapeName[];

const captionText = v.pipe(
  v.string('must be a text of at most 160 characters'),
  v.maxLength(160, 'must be a text of at most 160 characters'),
);
const ownCaption = v.optional(captionText);

const captionsSchema = fieldsOf({
  en: ownCaption,
  de: ownCaption,
  fr: ownCaption,
  es: ownCaption,
  it: ownCaption,
  nl: ownCaption,
} satisfies Record<Language, typeof ownCaption>);

/** The settings of every scene. */
const common = {
  /** How long it lasts. */
  seconds: v.optional(numberFrom(3, 3600), 30),
  /** How often it is shown, relative to the others. */
  weight: v.optional(numberFrom(0, 1000), 1),
  /** When it may be shown; at any time if left out. */
  hours: v.optional(listOfHours(1, 50)),
  /** Whether it is shown in quiet hours too. */
  quiet: v.optional(trueOrFalse(), false),
  /**
   * The caption: one text, or one for each language. An empty text shows none. If left out, the caption of its kind.
   */
  caption: v.optional(v.union([captionText, captionsSchema])),
};

/** One schema for each kind of scene. */
const kinds = {
  /** A hand writes digits, stroke by stroke. */
  write: fieldsOf({
    kind: v.literal('write'),
    ...common,
    /** The digits that it writes repeatedly; random ones if left out. */
    digits: v.optional(
      v.pipe(v.string('must be a text of digits'), v.regex(/^\d{1,24}$/, 'must be a text of 1 to 24 digits')),
    ),
  }),
  /** New digits, tile by tile, along a front. */
  wave: fieldsOf({
    kind: v.literal('wave'),
    ...common,
    /** The direction of the front; random if left out. */
    direction: v.optional(oneOf(WAVE_DIRECTIONS)),
  }),
  /** Cells forget along a path, and heal. */
  damage: fieldsOf({
    kind: v.literal('damage'),
    ...common,
    /** The radius of the path, in cells. */
    radius: v.optional(numberFrom(1, 64), 9),
    /** The number of paths during the scene. */
    times: v.optional(wholeFrom(1, 100), 3),
  }),
  /** Digits composed of two halves that argue. */
  chimera: fieldsOf({
    kind: v.literal('chimera'),
    ...common,
    /** How many, one after the other. */
    times: v.optional(wholeFrom(1, 100), 4),
  }),
  /** A hand draws shapes that are no digits. */
  unknown: fieldsOf({
    kind: v.literal('unknown'),
    ...common,
    /** The shapes that it draws repeatedly; random ones if left out. */
    shapes: v.optional(listOf(oneOf(SHOWN_SHAPES), 1, 24)),
  }),
  /** The camera zooms in, and out again. */
  zoom: fieldsOf({
    kind: v.literal('zoom'),
    ...common,
    /** Tiles from top to bottom of the screen when it is nearest. */
    tiles: v.optional(numberFrom(1, 20), 2),
  }),
  /** Nothing but the cells. */
  rest: fieldsOf({ kind: v.literal('rest'), ...common }),
};

export type SceneKind = keyof typeof kinds;
export const SCENE_KINDS = Object.keys(kinds);

export const sceneSchema = v.variant('kind', Object.values(kinds), (issue) =>
  issue.expected === 'Object'
    ? `must be an object with a "kind", one of ${SCENE_KINDS.join(', ')}`
    : `${issue.input === undefined ? 'is missing; it ' : ''}must be one of ${SCENE_KINDS.join(', ')}${didYouMean(issue.input, SCENE_KINDS)}`,
);

export type Scene = v.InferOutput<typeof sceneSchema>;
export type SceneOf<Kind extends Scene['kind']> = Extract<Scene, { kind: Kind }>;
export type SceneInput = v.InferInput<typeof sceneSchema>;

/** Without `unknown`: whether cells stay undecided about a shape depends on the model. */
export const DEFAULT_SCENES: readonly SceneInput[] = [
  { kind: 'write', seconds: 40, weight: 4, quiet: true },
  { kind: 'wave', seconds: 25, weight: 2 },
  { kind: 'damage', seconds: 30, weight: 2 },
  { kind: 'chimera', seconds: 30, weight: 2 },
  { kind: 'zoom', seconds: 45, weight: 2, quiet: true },
  { kind: 'rest', seconds: 20, weight: 1, quiet: true },
];
