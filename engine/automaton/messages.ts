/** What cells communicate to their neighbour: how each of the 3×3 cells changes the logits of the middle one. */
import { keptUpdateScale, updateUnitOfChannel } from '../common/model/specification.ts';
import type { Model } from '../common/model/weights.ts';
import { MIDDLE, type Neighbourhood } from './cell-probe.ts';
import { referenceUpdate } from './reference.ts';
import type { StateRecord } from './types.ts';

/**
 * What a step would add to the middle cell's logits if it fired, and how much each of the nine cells contributes to it.
 */
export interface Messages {
  /** One value per class. */
  readonly update: readonly number[];
  /** For each of the nine cells, by class: the update minus the update if that cell were empty. */
  readonly shares: readonly (readonly number[])[];
}

/** @param dropout the dropout of the running automaton, which scales the update */
export function messagesOf(model: Model, { cells }: Neighbourhood, dropout: number): Messages {
  const { channels, classes, step } = model.specification;
  const units = updateUnitOfChannel(model.specification);
  const scale = keptUpdateScale(model.specification, dropout) * step.size;
  const logitsOf = (data: Float32Array): number[] => {
    const state: StateRecord = { width: 3, height: 3, channels: channels.count, data };
    const update = referenceUpdate(model, state, MIDDLE);
    return classes.map((_, label) => scale * update[units[channels.firstLogit + label]]);
  };
  const data = new Float32Array(9 * channels.count);
  cells.forEach((cell, index) => data.set(cell.channels, index * channels.count));
  const update = logitsOf(data);
  const shares = cells.map((cell, index) => {
    if (cell.channels.every((value) => value === 0)) return classes.map(() => 0);
    const without = data.slice().fill(0, index * channels.count, (index + 1) * channels.count);
    return logitsOf(without).map((value, label) => update[label] - value);
  });
  return { update, shares };
}
