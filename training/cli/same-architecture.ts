/** Whether the weights of one model fit another. */
import { isDeepStrictEqual } from 'node:util';
import type { ModelSpecification } from '../../engine/common/model/specification.ts';

/** Says how the architectures of two models differ; null if weights of one fit the other. */
export function sameArchitecture(found: ModelSpecification, wanted: ModelSpecification): string | null {
  for (const part of ['classes', 'channels', 'perceive', 'update', 'life'] as const) {
    if (!isDeepStrictEqual(found[part], wanted[part])) {
      return `its ${part} are ${JSON.stringify(found[part])}, not ${JSON.stringify(wanted[part])}`;
    }
  }
  return null;
}
