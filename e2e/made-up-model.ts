/**
 * Models made up for tests of the page: small, quick to compile, and certain.
 * All weights are zero but one bias, so that every live cell comes to the same
 * opinion, a little with each step in which it fires.
 */
import { DISTILL_SPECIFICATION } from '../engine/common/model/architectures.ts';
import { encodeModelFile } from '../engine/common/model/file.ts';
import type { ModelSpecification } from '../engine/common/model/specification.ts';
import { sizeOf, type Tensor, weightShapes } from '../engine/common/model/weights.ts';

const CHANNELS = 12;
const FIRST_LOGIT = 2;
/** What the logit grows by in a step in which the cell fires. */
const GROWTH = 0.05;

/**
 * The file of a model whose cells all say `digit`.
 * @param growth of the logit in a step in which the cell fires
 */
export function madeUpModel(
  name: string,
  digit: number,
  overrides: Partial<ModelSpecification> = {},
  growth = GROWTH,
): Buffer {
  const specification: ModelSpecification = {
    ...DISTILL_SPECIFICATION,
    name,
    description: `Made up: every cell says ${digit}.`,
    channels: { count: CHANNELS, ink: 0, firstLogit: FIRST_LOGIT },
    perceive: { kind: 'depthwise3x3', filters: 1, activation: 'none' },
    update: [
      { kind: 'dense', units: 4, activation: 'relu' },
      { kind: 'dense', units: CHANNELS - 1, activation: 'none' },
    ],
    step: { size: 1, dropout: 0.5, dropoutScaling: 'none', noise: 0 },
    ...overrides,
  };
  const weights = new Map<string, Tensor>();
  for (const [tensor, shape] of weightShapes(specification)) {
    weights.set(tensor, { shape, data: new Float32Array(sizeOf(shape)) });
  }
  // The update's units leave the ink out, which is channel 0.
  weights.get('update.1.bias')?.data.set([growth], FIRST_LOGIT + digit - 1);
  return Buffer.from(encodeModelFile({ specification, weights }));
}
