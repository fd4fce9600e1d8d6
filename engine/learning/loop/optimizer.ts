/**
 * Adam (Kingma and Ba 2015), in the weights' own basis or in the eigenbasis of their gradients; the treatment of the
 * gradient before it, and the moving average of the weights after it. All arrays are flat. There are so few weights
 * that plain loops take a millisecond, and a few more in another basis.
 */
import type { Variable } from '../rollout/layers.ts';
import { Eigenbasis, type MatrixProduct, type Sides } from './eigenbasis.ts';

/** What is done with a gradient before the step: nothing, or its norm is limited, or that of every variable is made 1. */
export type GradientRule =
  | { readonly treatment: 'none' }
  | { readonly treatment: 'global-clip'; readonly norm: number }
  | { readonly treatment: 'variable-norm' };

/** The settings of Adam. */
export interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** The settings of the optimizer, except its rate. */
export interface OptimizerSettings extends AdamSettings {
  /** Of the basis of the gradients (`eigenbasis.ts`); null for the weights' own. */
  readonly basis: { readonly decay: number; readonly everySteps: number } | null;
}

function normOf(values: Float32Array): number {
  let total = 0;
  for (const value of values) total += value * value;
  return Math.sqrt(total);
}

function scaleBy(values: Float32Array, factor: number): void {
  for (let index = 0; index < values.length; index += 1) values[index] *= factor;
}

/** Clips or normalises the flat gradient in place. */
export function treatGradient(gradient: Float32Array, variables: readonly Variable[], rule: GradientRule): void {
  switch (rule.treatment) {
    case 'none':
      return;
    case 'global-clip': {
      const norm = normOf(gradient);
      if (norm > rule.norm) scaleBy(gradient, rule.norm / norm);
      return;
    }
    case 'variable-norm':
      for (const { offset, size } of variables) {
        const part = gradient.subarray(offset, offset + size);
        scaleBy(part, 1 / (normOf(part) + 1e-8));
      }
  }
}

/** Adam's memory. */
export interface Moments {
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** The basis of both; null for the weights' own. */
  sides: Sides | null;
}

/** Adam's memory before the first step. */
export function beginMoments(length: number): Moments {
  return { first: new Float32Array(length), second: new Float32Array(length), sides: null };
}

/** One step of Adam in place; `time` counts from 1 and corrects the moments' bias. */
export function adamStep(
  weights: Float32Array,
  gradient: Float32Array,
  { first, second }: Moments,
  { beta1, beta2, epsilon }: AdamSettings,
  rate: number,
  time: number,
): void {
  const correction1 = 1 - beta1 ** time;
  const correction2 = 1 - beta2 ** time;
  for (let index = 0; index < weights.length; index += 1) {
    const slope = gradient[index];
    first[index] = beta1 * first[index] + (1 - beta1) * slope;
    second[index] = beta2 * second[index] + (1 - beta2) * slope * slope;
    weights[index] -= (rate * (first[index] / correction1)) / (Math.sqrt(second[index] / correction2) + epsilon);
  }
}

/** What a recipe does with a gradient. */
export class Optimizer {
  readonly #variables: readonly Variable[];
  readonly #gradient: GradientRule;
  readonly #settings: OptimizerSettings;
  readonly #eigenbasis: Eigenbasis;
  readonly #move: Float32Array;

  /** `product` computes the products of matrices; by default, plain loops do. */
  constructor(
    { gradient, optimizer }: { readonly gradient: GradientRule; readonly optimizer: OptimizerSettings },
    variables: readonly Variable[],
    product?: MatrixProduct,
  ) {
    this.#variables = variables;
    this.#gradient = gradient;
    this.#settings = optimizer;
    this.#eigenbasis = new Eigenbasis(variables, product);
    this.#move = new Float32Array(variables.reduce((total, { size }) => total + size, 0));
  }

  /** Moves flat `weights` in place, and uses `gradient` up; `time` counts from 1. */
  step(weights: Float32Array, gradient: Float32Array, moments: Moments, rate: number, time: number): void {
    treatGradient(gradient, this.#variables, this.#gradient);
    const sides = this.#sidesAt(moments, gradient, time);
    if (!sides) {
      adamStep(weights, gradient, moments, this.#settings, rate, time);
      return;
    }
    this.#eigenbasis.enter(sides, gradient);
    const move = this.#move.fill(0);
    adamStep(move, gradient, moments, this.#settings, rate, time);
    this.#eigenbasis.leave(sides, move);
    for (let index = 0; index < weights.length; index += 1) weights[index] += move[index];
  }

  /** The basis for this step, which has turned after the gradient if it is time for that. */
  #sidesAt(moments: Moments, gradient: Float32Array, time: number): Sides | null {
    const { basis } = this.#settings;
    if (!basis) {
      // A run may continue with another recipe than it began with.
      if (moments.sides) this.#eigenbasis.leave(moments.sides, moments.first);
      moments.sides = null;
      return null;
    }
    const sides = (moments.sides ??= this.#eigenbasis.beginSides());
    this.#eigenbasis.follow(sides, gradient, basis.decay);
    if (time % basis.everySteps === 0) {
      // The mean gradient turns with the basis. The squares cannot, but are soon replaced.
      this.#eigenbasis.leave(sides, moments.first);
      this.#eigenbasis.turn(sides);
      this.#eigenbasis.enter(sides, moments.first);
    }
    return sides;
  }
}

/**
 * What an average keeps of itself in a step if it forgets as slowly as `decay`; `age` counts the steps since it began,
 * from 0. A young average must forget the start sooner than an old one.
 */
export function keptShare(decay: number, age: number): number {
  return Math.min(decay, (1 + age) / (10 + age));
}

/** Moves the average towards the weights; `kept` is its own share of the result. */
export function followWeights(average: Float32Array, weights: Float32Array, kept: number): void {
  for (let index = 0; index < average.length; index += 1) {
    average[index] = kept * average[index] + (1 - kept) * weights[index];
  }
}
