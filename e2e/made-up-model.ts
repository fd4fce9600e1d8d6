/**
 * Models made up for tests of the page: small, quick to compile, and certain.
 * Of most, all weights are zero but one bias, so that every live cell comes to
 * the same opinion, a little with each step in which it fires.
 */
import { DISTILL_SPECIFICATION } from '../engine/common/model/architectures.ts';
import { encodeModelFile } from '../engine/common/model/file.ts';
import type { ModelSpecification } from '../engine/common/model/specification.ts';
import { sizeOf, type Tensor, weightShapes } from '../engine/common/model/weights.ts';

const CHANNELS = 12;
const FIRST_LOGIT = 2;
/** What the logit grows by in a step in which the cell fires. */
const GROWTH = 0.05;

const MADE_UP: ModelSpecification = {
  ...DISTILL_SPECIFICATION,
  channels: { count: CHANNELS, ink: 0, firstLogit: FIRST_LOGIT },
  step: { size: 1, dropout: 0.5, dropoutScaling: 'none', noise: 0 },
};

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
    ...MADE_UP,
    name,
    description: `Made up: every cell says ${digit}.`,
    perceive: { kind: 'depthwise3x3', filters: 1, activation: 'none' },
    update: [
      { kind: 'dense', units: 4, activation: 'relu' },
      { kind: 'dense', units: CHANNELS - 1, activation: 'none' },
    ],
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

/** Weighs the cells above, beside and below: thin flat lines come to 6, those at other angles to far less. */
const FLAT = [-1, -1, -1, 2, 2, 2, -1, -1, -1];
const LEAST_FLAT = 2.5;

/**
 * The file of a model that says `digit` of ink with a thin flat line in it, and nothing of other ink: cells of such a
 * line begin, and those that touch a cell that says it follow.
 */
export function madeUpReader(name: string, digit: number): Buffer {
  const specification: ModelSpecification = {
    ...MADE_UP,
    name,
    description: `Made up: ink with a flat line is a ${digit}, other ink is nothing.`,
    perceive: { kind: 'depthwise3x3', filters: 2, activation: 'none' },
    update: [
      { kind: 'dense', units: 4, activation: 'relu' },
      { kind: 'dense', units: 4, activation: 'tanh' },
      { kind: 'dense', units: CHANNELS - 1, activation: 'none' },
    ],
  };
  const weights = new Map<string, Tensor>();
  const logit = FIRST_LOGIT + digit;
  const values: Readonly<Record<string, (index: number) => number>> = {
    // [3, 3, channels, 2]: of the ink how flat it is, of the logit how large it is all around.
    'perceive.kernel': (index) => {
      const channel = Math.floor(index / 2) % CHANNELS;
      const isFirst = index % 2 === 0;
      if (channel === 0 && isFirst) return FLAT[Math.floor(index / 2 / CHANNELS)];
      return channel === logit && !isFirst ? 1 : 0;
    },
    'update.0.kernel': (index) => Number(index === 0 || index === (2 * logit + 1) * 4 + 1),
    'update.0.bias': (index) => (index === 0 ? -LEAST_FLAT : 0),
    'update.1.kernel': (index) => Number(index === 0 || index === 4),
    'update.2.kernel': (index) => (index === logit - 1 ? 2 * GROWTH : 0),
  };
  for (const [tensor, shape] of weightShapes(specification)) {
    const value = values[tensor] ?? (() => 0);
    weights.set(tensor, { shape, data: Float32Array.from({ length: sizeOf(shape) }, (_, index) => value(index)) });
  }
  return Buffer.from(encodeModelFile({ specification, weights }));
}
