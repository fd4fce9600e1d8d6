/** All settings of teaching. */
import type { PoseRule } from '../strokes/pose.ts';
import type { GradientRule, OptimizerSettings } from '../loop/optimizer.ts';
import type { VariationRule } from './variations.ts';

export interface TeachRecipe {
  /** Drawings of the signs, and things that the model already knows, in each batch; multiples of `part`. */
  readonly signs: number;
  readonly known: number;
  /** Known things in each batch where signs were taught before, which are among them. */
  readonly knownWithSigns: number;
  /** Samples of a part of a batch. One worker computes a part, so that the number of workers changes nothing. */
  readonly part: number;
  /** Automaton steps that the loss is propagated back through. */
  readonly rollout: number;
  /** Samples of each kind in the pool. */
  readonly pool: number;
  /** Times the samples of a batch are drawn from the pool as candidates; the worst are learnt from. */
  readonly candidates: number;
  /** Shares of a batch that begin anew, and that turn into something else. */
  readonly fresh: number;
  readonly mutated: number;
  /** Hidden units that are added for a new class, and for one that is taught after others. */
  readonly newUnits: number;
  readonly laterUnits: number;
  /** The weight of the distance to what the model said before, on known things, for logits and for hidden channels. */
  readonly knownLogits: number;
  readonly knownHidden: number;
  /**
   * Of the known things: the share of digits as in MNIST, and of digits varied by `knownVariation`. The rest are shapes
   * that are none.
   */
  readonly plainDigits: number;
  readonly variedDigits: number;
  /** The share of known things that are signs taught before, if there are any. */
  readonly earlierSigns: number;
  readonly gradient: GradientRule;
  readonly optimizer: OptimizerSettings & { readonly peak: number };
  readonly warmUpSteps: number;
  /** The rate falls as 1/√(1 + step / this); it knows no end, so that a course may be of any length. */
  readonly decaySteps: number;
  /**
   * Weights count in the average as the power of their step, roughly (Shamir and Zhang 2013, arXiv:1212.1824). It so
   * covers the same share of a course of any length.
   */
  readonly averagePower: number;
  /** The share of the way back to the weights before that the result takes, 0…1, and that where signs were taught before. */
  readonly wayBack: number;
  readonly wayBackWithSigns: number;
  readonly variation: VariationRule;
  /** How rehearsed digits are varied. What the model says of them is kept, whatever they look like. */
  readonly knownVariation: VariationRule;
  /** Poses of rehearsed shapes. */
  readonly pose: PoseRule;
}

const VARIATION: VariationRule = {
  height: [12, 23],
  radius: [0.9, 1.9],
  rotationDegrees: [-15, 15],
  slant: [-0.2, 0.3],
  stretch: [0.75, 1.35],
  bend: 0.12,
  wobble: 0.012,
  strokeShift: 0.02,
  haste: 4,
  bitten: 0.1,
  missing: 0.15,
  missingMost: 0.15,
};

/** The preset. What was tried is in training/DIARY.md. */
export const TEACHING: TeachRecipe = {
  signs: 12,
  known: 16,
  knownWithSigns: 24,
  part: 2,
  rollout: 16,
  pool: 48,
  candidates: 1,
  fresh: 0.25,
  mutated: 0.25,
  newUnits: 16,
  laterUnits: 8,
  knownLogits: 3,
  knownHidden: 0.1,
  plainDigits: 0.1,
  variedDigits: 0.7,
  earlierSigns: 0.25,
  gradient: { treatment: 'variable-norm' },
  optimizer: { peak: 5e-3, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, basis: { decay: 0.95, everySteps: 10 } },
  warmUpSteps: 20,
  decaySteps: 80,
  averagePower: 4,
  wayBack: 0.1,
  wayBackWithSigns: 0.2,
  variation: VARIATION,
  knownVariation: {
    ...VARIATION,
    height: [11, 25],
    radius: [0.8, 2.4],
    rotationDegrees: [-25, 25],
    slant: [-0.4, 0.5],
    stretch: [0.6, 1.6],
    bend: 0.25,
    wobble: 0.03,
  },
  pose: {
    height: [12, 23],
    radius: [0.9, 1.9],
    rotationDegrees: [-20, 20],
    slant: [-0.2, 0.2],
    stretch: [0.75, 1.35],
  },
};
