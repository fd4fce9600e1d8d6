/** Whether the weights of one model fit another. */
import { isDeepStrictEqual } from 'node:util';
import type { ModelSpecification } from '../../engine/common/model/specification.ts';

const PARTS = ['classes', 'channels', 'perceive', 'update', 'life'] as const;

/** What has to be the same for weights to fit. Of classes the names: their colours are only for the eye. */
function partOf(model: ModelSpecification, part: (typeof PARTS)[number]): unknown {
  return part === 'classes' ? model.classes.map(({ name }) => name) : model[part];
}

/** Says how the architectures of two models differ; null if weights of one fit the other. */
export function sameArchitecture(found: ModelSpecification, wanted: ModelSpecification): string | null {
  for (const part of PARTS) {
    const [one, other] = [partOf(found, part), partOf(wanted, part)];
    if (!isDeepStrictEqual(one, other)) return `its ${part} are ${JSON.stringify(one)}, not ${JSON.stringify(other)}`;
  }
  return null;
}
