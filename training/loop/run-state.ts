/** The whole state of a training run between two steps. */
import type { ModelSpecification, TrainingRun } from '../../engine/common/model/specification.ts';
import { Random } from '../../engine/common/random/random.ts';
import type { Sample } from '../../engine/learning/rollout/batch.ts';
import { widenWeights } from '../../engine/learning/rollout/widen.ts';
import { obeyPerception } from '../perceptions/index.ts';
import type { Recipe } from '../presets/recipe-schema.ts';
import type { Settings } from '../presets/recipe.ts';
import { writeFixedFilters } from './frozen.ts';
import { initialWeights } from './initial.ts';
import type { LearnerSettings } from '../../engine/learning/loop/learner.ts';
import { beginMoments, type Moments } from '../../engine/learning/loop/optimizer.ts';
import { trainedSpecification } from './trained-specification.ts';
import { poolSections, type DrawDigit } from './pool-sections.ts';

/** Scores of a run at one step, on a few digits that it does not train on. */
export interface Check {
  readonly step: number;
  /** Seconds of training until then, and the rate of the optimizer. */
  readonly seconds: number;
  readonly rate: number;
  readonly digits: number;
  /** By automaton step. */
  readonly scores: Record<string, CheckScores>;
}

/** Shares in 0…1, as an evaluation counts them. */
interface CheckScores {
  readonly cellAccuracy: number;
  readonly agreement: number;
  readonly unanimousCorrect: number;
  readonly majorityAccuracy: number;
}

/** Settings that held until a step. */
export interface Change {
  readonly step: number;
  readonly settings: Settings;
}

export interface RunState {
  /** Training steps done. */
  step: number;
  /** Flat weights, and their moving average. */
  weights: Float32Array;
  average: Float32Array;
  /** Steps since the average began. */
  averageAge: number;
  moments: Moments;
  pool: Sample[];
  random: Random;
  /** The loss of every step. */
  losses: number[];
  /** The factor of the schedule's rate, which is lowered when the loss explodes, and how often that happened. */
  rateFactor: number;
  setbacks: number;
  /** The recipe's settings before a resume changed them, each until its step; see `settingsOf`. */
  changes: Change[];
  /** The earlier runs that produced its first weights, oldest first. */
  readonly earlier: readonly TrainingRun[];
  /** Seconds spent in training, all sittings together. */
  seconds: number;
  /** The scores during the run, oldest first. Training does not use them. */
  checks: Check[];
}

/** What a recipe's learners need to know. */
export function learnerSettings(recipe: Recipe): LearnerSettings {
  return {
    specification: trainedSpecification(recipe),
    longRollout: recipe.strokes?.longRollout ?? null,
    loss: recipe.loss,
  };
}

/** What a run may start from instead of random weights. */
export interface Beginning {
  /** The recipe's {@link trainedSpecification}, or one that it is the widened one of. */
  readonly specification: ModelSpecification;
  /** Its weights, flat. */
  readonly weights: Float32Array;
  readonly earlier: readonly TrainingRun[];
}

/** A run before its first step; `draw` gives fresh digits for the pool. */
export function beginRun(recipe: Recipe, draw: DrawDigit, from: Beginning | null = null): RunState {
  const random = new Random(recipe.seed);
  const factored = recipe.factorFilters > 0;
  const trained = trainedSpecification(recipe);
  const fresh = initialWeights(trained, recipe.initial, factored, random.split(1));
  const weights = from ? widenWeights(from.specification, from.weights, trained, fresh) : fresh;
  obeyPerception(trained, recipe.perception, weights);
  writeFixedFilters(recipe, weights);
  const pool = poolSections(recipe).flatMap(({ kind, size }) =>
    Array.from({ length: size }, (): Sample => ({ ...draw(random, kind), state: null })),
  );
  return {
    step: 0,
    weights,
    average: weights.slice(),
    averageAge: 0,
    moments: beginMoments(weights.length),
    pool,
    random,
    losses: [],
    rateFactor: 1,
    setbacks: 0,
    changes: [],
    earlier: from?.earlier ?? [],
    seconds: 0,
    checks: [],
  };
}
