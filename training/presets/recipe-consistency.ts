/** Finds fields of a recipe that contradict each other, its model, or the machine. */
import { totalmem } from 'node:os';
import { featureCount } from '../../engine/common/model/specification.ts';
import { weightShapes } from '../../engine/common/model/weights.ts';
import { RecipeError } from './recipe-error.ts';
import type { Recipe } from './recipe-schema.ts';

/** @throws RecipeError that names the fields of the first contradiction */
export function checkConsistency(recipe: Recipe): void {
  const refuse = (fault: string, ...fields: string[]): never => {
    throw new RecipeError(`The recipe contradicts itself: ${fault}.`, ...fields);
  };
  const { batch, pool, fresh, mutated, tail: last, schedule: rate, model } = recipe;
  if (fresh + mutated > batch)
    refuse(`fresh ${fresh} and mutated ${mutated} are more than the batch of ${batch}`, 'fresh', 'mutated', 'batch');
  if (last && last.fresh + last.mutated > batch) {
    refuse(
      `the tail's fresh ${last.fresh} and mutated ${last.mutated} are more than the batch of ${batch}`,
      ...['tail.fresh', 'tail.mutated', 'batch'],
    );
  }
  if (!pool.replacement && pool.size < batch) {
    refuse(`a pool of ${pool.size} is too small to draw a batch of ${batch} without replacement`, 'pool.size', 'batch');
  }
  for (const range of [recipe.dropoutRange, last?.dropoutRange]) {
    if (range && range[0] > range[1])
      refuse(`the dropout range ${range[0]} to ${range[1]} runs backwards`, 'dropoutRange', 'tail.dropoutRange');
  }
  if (rate.kind === 'pieces' && rate.at.length !== rate.factors.length) {
    refuse('schedule.at and schedule.factors have different lengths', 'schedule');
  }
  if (recipe.factorFilters > 0 && model.perceive.kind !== 'conv3x3') {
    refuse(
      'factorFilters asks for a depthwise perception folded into a full one, but the model has no full one',
      'factorFilters',
    );
  }
  if (recipe.factorFilters > 0 && recipe.levels !== null) {
    refuse(
      'levels rounds the kernels that are trained, and with factorFilters those are not the ones that are baked',
      ...['levels', 'factorFilters'],
    );
  }
  const { fixedFilters, freeze, rolloutRange } = recipe;
  if (rolloutRange && rolloutRange[0] > rolloutRange[1]) {
    refuse(`the rollout's range ${rolloutRange[0]} to ${rolloutRange[1]} runs backwards`, 'rolloutRange');
  }
  const filters = model.perceive.kind === 'depthwise3x3' ? model.perceive.filters : 0;
  if (fixedFilters.length > filters) {
    refuse(
      `fixedFilters names ${fixedFilters.length} filters, and the model has ${filters} for each channel`,
      'fixedFilters',
    );
  }
  const names = [...weightShapes(model).keys()];
  const unknown = freeze.find((part) => !names.some((name) => isInPart(name, part)));
  if (unknown !== undefined) {
    refuse(`freeze names "${unknown}", and the model's weights are ${names.join(', ')}`, 'freeze');
  }
  if (freeze.length > 0 && recipe.factorFilters > 0) {
    refuse('freeze names parts of a model that factorFilters trains in another form', 'freeze', 'factorFilters');
  }
  if (recipe.strokes && recipe.strokes.none > 0 && recipe.strokes.others?.length === 0) {
    refuse(`strokes.none is ${recipe.strokes.none}, but strokes.others names nothing to draw`, 'strokes.others');
  }
  for (const [name, range] of Object.entries(recipe.strokes ?? {})) {
    if (!isSpan(range)) continue;
    const positive = ['height', 'radius', 'stretch'].includes(name);
    if (range[0] > range[1] || (positive && range[0] <= 0)) {
      refuse(`strokes.${name} is from ${range[0]} to ${range[1]}`, `strokes.${name}`);
    }
  }
  if (recipe.loss.l2 === 0 && recipe.loss.crossEntropy === 0)
    refuse('every part of the loss weighs nothing', 'loss.l2', 'loss.crossEntropy', 'loss');
  const gigabytes = bytesNeeded(recipe) / 1e9;
  const present = totalmem() / 1e9;
  if (gigabytes > present) {
    refuse(
      `its pool, batch and rollout may need ${gigabytes.toFixed(0)} GB of memory, and this machine has ${present.toFixed(0)} GB`,
      ...['pool.size', 'batch', 'rollout'],
    );
  }
}

function isSpan(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === 'number');
}

/** Live cells of a digit, generously: MNIST's means are 137 and, with a halo, 238; that of pen strokes of any size 300. */
const LIVE_CELLS = { image: 250, strokes: 600 };

/** Memory for the pool's states and for what the way back through a rollout needs. */
function bytesNeeded({ pool, batch, rollout, rolloutRange, model, strokes: drawn }: Recipe): number {
  const liveCells = drawn ? LIVE_CELLS.strokes : LIVE_CELLS.image;
  const longest = Math.max(rollout, rolloutRange?.[1] ?? 0, drawn?.longRollout?.steps ?? 0);
  const valuesPerCell = model.update.reduce(
    (total, { units }) => total + units,
    9 * model.channels.count + featureCount(model),
  );
  const fired = batch * liveCells * (1 - model.step.dropout);
  return 4 * (pool.size * liveCells * model.channels.count + longest * fired * valuesPerCell);
}

/** Whether a weight such as `update.0.kernel` belongs to a part such as `update.0`, or is that part. */
export function isInPart(name: string, part: string): boolean {
  return name === part || name.startsWith(`${part}.`);
}
