/** The learning rate and the mix of a batch as functions of the step. */
import type { Recipe, Schedule } from '../presets/recipe-schema.ts';

/** The settings of one training step. */
export interface Phase {
  /** Rate of the optimizer. */
  readonly rate: number;
  readonly averageDecay: number;
  readonly fresh: number;
  readonly mutated: number;
  /** The range of the step's dropout. */
  readonly dropoutRange: readonly [number, number];
  /** Whether this is the first step of the tail, which begins from the averaged weights. */
  readonly startsTail: boolean;
}

function scheduledShare(schedule: Schedule, step: number, steps: number): number {
  switch (schedule.kind) {
    case 'cosine': {
      const { warmUpSteps, floor } = schedule;
      if (step < warmUpSteps) return (step + 1) / warmUpSteps;
      const progress = (step - warmUpSteps) / Math.max(1, steps - warmUpSteps);
      return floor + ((1 - floor) * (1 + Math.cos(Math.PI * Math.min(1, progress)))) / 2;
    }
    case 'linear':
      return 1 - (1 - schedule.floor) * Math.min(1, step / schedule.overSteps);
    case 'pieces': {
      const passed = schedule.at.filter((at) => step >= at).length;
      return passed === 0 ? 1 : schedule.factors[passed - 1];
    }
  }
}

/** The phase of `step`, counted from 0. The tail has its own cosine. */
export function phaseOf(recipe: Recipe, step: number): Phase {
  const { tail, schedule, steps, optimizer } = recipe;
  const own = recipe.model.step.dropout;
  const tailStart = tail ? steps - Math.round(steps * tail.share) : steps;
  if (!tail || step < tailStart) {
    return {
      rate: optimizer.peak * scheduledShare(schedule, step, tailStart),
      averageDecay: recipe.averageDecay,
      fresh: recipe.fresh,
      mutated: recipe.mutated,
      dropoutRange: recipe.dropoutRange ?? [own, own],
      startsTail: false,
    };
  }
  const floor = schedule.kind === 'cosine' ? schedule.floor : 0;
  const progress = (step - tailStart) / (steps - tailStart);
  const [low, high] = tail.dropoutRange ?? recipe.dropoutRange ?? [own, own];
  // A sudden dropout that the model cannot handle yet would fill the pool with exploded states.
  const width = tail.dropoutRange ? Math.min(1, 2 * progress) : 1;
  const cosine: Schedule = { kind: 'cosine', warmUpSteps: 0, floor };
  return {
    rate: tail.peak * scheduledShare(cosine, step - tailStart, steps - tailStart),
    averageDecay: tail.averageDecay,
    fresh: tail.fresh,
    mutated: tail.mutated,
    dropoutRange: [own + width * (low - own), own + width * (high - own)],
    startsTail: step === tailStart,
  };
}
