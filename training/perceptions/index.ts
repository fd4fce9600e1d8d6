/** The perceptions that a recipe may ask for, and how a run keeps to one. */
import { variablesOf } from '../../engine/learning/rollout/layers.ts';
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import { isotropic } from './isotropic.ts';
import type { Perception } from './perception.ts';
import { shared } from './shared.ts';

const PERCEPTIONS: readonly Perception[] = [shared, isotropic];

export const PERCEPTION_NAMES = PERCEPTIONS.map(({ name }) => name);

/** Moves the perception's kernel among flat weights to the nearest one that obeys; null for a perception without a rule. */
export function obeyPerception(specification: ModelSpecification, name: string | null, flat: Float32Array): void {
  const perception = PERCEPTIONS.find((candidate) => candidate.name === name);
  if (!perception) return;
  const variable = variablesOf(specification).find((candidate) => candidate.name === 'perceive.kernel');
  if (!variable) return;
  const [, , channels, filters] = variable.shape;
  perception.project({
    values: flat.subarray(variable.offset, variable.offset + variable.size),
    channels,
    filters,
  });
}
