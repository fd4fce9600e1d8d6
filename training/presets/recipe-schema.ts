/** What a recipe consists of. */
import * as v from 'valibot';
import { GRID_LEVELS } from '../../engine/common/model/grid.ts';
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import { LARGEST_SEED } from '../../engine/common/random/random.ts';
import { PERCEPTION_NAMES } from '../perceptions/index.ts';

const whole = (low: number, high: number) => v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));
const finite = (low: number, high: number) => v.pipe(v.number(), v.finite(), v.minValue(low), v.maxValue(high));
const share = finite(0, 1);
const span = v.tuple([finite(-1000, 1000), finite(-1000, 1000)]);

const schedule = v.variant('kind', [
  v.strictObject({
    /** A linear rise over `warmUpSteps`, then a cosine from the peak down to `floor` of it. */
    kind: v.literal('cosine'),
    warmUpSteps: whole(0, 1e9),
    floor: share,
  }),
  v.strictObject({
    /** Linear from the peak down to `floor` of it over `overSteps`, which may be more steps than the run has. */
    kind: v.literal('linear'),
    overSteps: whole(1, 1e9),
    floor: share,
  }),
  v.strictObject({
    /** The peak, multiplied by `factors[i]` from step `at[i]` on. */
    kind: v.literal('pieces'),
    at: v.array(whole(1, 1e9)),
    factors: v.array(share),
  }),
]);

/** How fresh images are varied. Each value is drawn uniformly from its range. */
const augmentation = v.strictObject({
  /** Share of fresh images that are varied at all. */
  share,
  scale: span,
  rotationDegrees: span,
  shiftCells: span,
  shear: span,
  /** Shares of the varied images whose strokes are widened or thinned by a 2×2 cell. */
  dilated: share,
  eroded: share,
  /** Share of the varied images that lose a share of up to `deadMost` of their cells. */
  dead: share,
  deadMost: share,
  /** Share of fresh images that show the project's own handwriting instead of an image of the data. */
  handwriting: share,
});

/** How digits are drawn from pen strokes (`train --strokes`). Each value is drawn uniformly from its range. */
const strokes = v.strictObject({
  /** Share of the pool and of each batch that is drawn from strokes; the rest are images. */
  share,
  /** Share of the drawn ones that are not a class: letters, symbols, scribbles, shapes, halves, touching pairs. */
  none: share,
  /** Whether every class is drawn as often as any other, or every glyph, and thus a class as often as in the data. */
  even: v.optional(v.picklist(['classes', 'glyphs']), 'classes'),
  /**
   * How often classes are drawn in relation to what `even` says, by their names; 1 for those that are not named.
   * Of two signs that look alike, cells say the one that they met more often.
   */
  weights: v.optional(v.record(v.string(), finite(0.01, 100)), {}),
  /**
   * Share of the digits that are drawn from the rarer forms of their class, such as a slashed 0, if it has any
   * (`strokes/name-form.ts`).
   */
  rareForms: v.optional(share, 0),
  /**
   * The labels of glyphs, and the names of shapes, that are drawn where no class is wanted. Null for all that do not
   * look like a digit, and halves of digits.
   */
  others: v.optional(v.nullable(v.array(v.pipe(v.string(), v.minLength(1)))), null),
  /** Height of the pen's path in cells; its logarithm is drawn uniformly. */
  height: span,
  /** Radius of the brush in cells; its logarithm is drawn uniformly. */
  radius: span,
  rotationDegrees: span,
  /** How far the top leans to the right, as a share of the height. */
  slant: span,
  /** Factor of the width; its logarithm is drawn uniformly. */
  stretch: span,
  /** Share of the drawn ones that lose a contiguous piece of their ink but keep their label. */
  bitten: share,
  /**
   * Share of the mutated ones, of images too, that are the old digit without one of its sides, if it can be said what
   * the rest is (`strokes/remains.ts`): an 8 becomes a 3 or a 0, the half of a 2 is none.
   */
  erased: v.optional(share, 0),
  /** Share of the mutated ones in which each cell takes over the state of the nearest cell of the old digit. */
  takeOver: share,
  /** A longer rollout for digits with more live cells than this: information takes longer to cross them. */
  longRollout: v.nullable(v.strictObject({ cells: whole(0, 1e6), steps: whole(1, 1000) })),
});

const dropoutRange = v.nullable(v.tuple([finite(0, 0.95), finite(0, 0.95)]));

const tail = v.strictObject({
  /** Share of the run that is the tail: its last part, which starts from the averaged weights. */
  share,
  peak: finite(0, 1),
  averageDecay: share,
  fresh: whole(0, 4096),
  mutated: whole(0, 4096),
  /** As in the recipe itself, but widened from the model's own dropout over the first half of the tail. */
  dropoutRange: v.optional(dropoutRange, null),
});

/** The value of the cell itself, its slopes, and its curvature. */
const FIXED_FILTERS = ['identity', 'sobel-x', 'sobel-y', 'laplacian'] as const;
export type FixedFilter = (typeof FIXED_FILTERS)[number];

export const recipeSchema = v.strictObject({
  name: v.string(),
  description: v.string(),
  /** The model to train; its `training` and `accuracy` are filled in at the end. */
  model: v.custom<ModelSpecification>(
    (value) => typeof value === 'object' && value !== null,
    'must be a specification',
  ),
  /**
   * Filters for each channel of a depthwise perception that is trained instead of the full one and folded into it at
   * the end; 0 trains the full one itself.
   */
  factorFilters: whole(0, 16),
  /** A rule that the perception's kernel obeys, of `training/perceptions`; null for none. */
  perception: v.optional(v.nullable(v.picklist(PERCEPTION_NAMES)), null),
  /** Filters of a depthwise perception that are not learned: the first ones of every channel, in this order. */
  fixedFilters: v.optional(v.array(v.picklist(FIXED_FILTERS)), []),
  /** Parts of the model that are not trained: a weight, such as `update.0.bias`, or a layer, such as `perceive`. */
  freeze: v.optional(v.array(v.string()), []),
  steps: whole(1, 1e9),
  seed: whole(0, LARGEST_SEED),
  batch: whole(1, 4096),
  /** Number of automaton steps through which the loss is back-propagated. */
  rollout: whole(1, 1000),
  /** The range from which each training step's rollout is drawn instead, both ends included. Null for `rollout` only. */
  rolloutRange: v.optional(v.nullable(v.tuple([whole(1, 1000), whole(1, 1000)])), null),
  pool: v.strictObject({
    size: whole(1, 1_000_000),
    replacement: v.boolean(),
    /**
     * Share of the steps at which fresh and mutated digits replace those of the batch that are nearest to being right,
     * instead of random ones. The pool then fills with hard digits. Below 1, or it would keep what cannot be learnt.
     */
    keepHardest: v.optional(finite(0, 0.95), 0),
  }),
  /**
   * The range from which each step's dropout is drawn, with the same expected update. The model then tolerates other
   * dropouts than its own. Null for its own dropout only.
   */
  dropoutRange: v.optional(dropoutRange, null),
  /** Digits of a batch that start anew, and digits that get a new image and keep the state where it fits. */
  fresh: whole(0, 4096),
  mutated: whole(0, 4096),
  /** Weights of the parts of the loss. */
  loss: v.strictObject({
    l2: finite(0, 1000),
    crossEntropy: finite(0, 1000),
    /** The target of every logit where the ink is not a class. Below zero, so that noise does not decide. */
    undecided: v.optional(finite(-10, 0), 0),
  }),
  gradient: v.variant('treatment', [
    v.strictObject({ treatment: v.literal('none') }),
    v.strictObject({ treatment: v.literal('global-clip'), norm: finite(1e-9, 1e9) }),
    v.strictObject({ treatment: v.literal('variable-norm') }),
  ]),
  optimizer: v.strictObject({
    peak: finite(0, 1),
    beta1: finite(0, 0.999999),
    beta2: finite(0, 0.999999),
    epsilon: finite(1e-12, 1),
    /**
     * The basis of the gradients (`loop/eigenbasis.ts`) instead of the weights' own: the decay of its moving averages,
     * and the number of steps between two updates of the basis.
     */
    basis: v.optional(v.nullable(v.strictObject({ decay: finite(0, 0.999999), everySteps: whole(1, 1e9) })), null),
  }),
  schedule,
  /** Decay of the moving average of the weights. The average is what is baked; 0 for no average. */
  averageDecay: share,
  /**
   * Levels of the grid to which each kernel is rounded wherever a step uses it, which prepares the model for
   * `bake --levels`. The gradient goes to the unrounded weights (straight-through estimator, Bengio et al. 2013).
   * Null for no grid.
   */
  levels: v.optional(v.nullable(v.picklist(GRID_LEVELS)), null),
  initial: v.picklist(['ours', 'lecun', 'glorot']),
  augmentation: v.nullable(augmentation),
  /** Set by `--strokes`; null for images only. */
  strokes: v.optional(v.nullable(strokes), null),
  tail: v.nullable(tail),
});

export type Recipe = v.InferOutput<typeof recipeSchema>;
export type Augmentation = v.InferOutput<typeof augmentation>;
export type StrokeRule = v.InferOutput<typeof strokes>;
export type Schedule = v.InferOutput<typeof schedule>;
