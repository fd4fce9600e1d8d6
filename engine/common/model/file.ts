/**
 * The model file: one KTX2 texture whose RGBA32F texels are all the weights, in the order and layout of `weights.ts`,
 * one tensor directly after the other, with the specification as JSON in the key–value data. It is exact in float32.
 */
import { decodeFloatTexture, encodeFloatTexture } from './ktx2.ts';
import { type ModelSpecification, parseSpecification } from './specification.ts';
import { ModelError } from './model-error.ts';
import {
  checkWeights,
  type Model,
  parameterCount,
  sizeOf,
  type Tensor,
  type Weights,
  weightShapes,
} from './weights.ts';

/**
 * The width of the weights texture in texels. It is a constant, so that a shader finds a weight with a shift and a
 * mask.
 */
export const WEIGHTS_TEXTURE_WIDTH = 256;

/** The key of the specification in the key–value data of KTX2 and in the metadata of safetensors. */
export const SPECIFICATION_KEY = 'nca';

/** The number of rows of texels for the weights of a specification. */
export function weightsTextureHeight(specification: ModelSpecification): number {
  return Math.ceil(parameterCount(specification) / (4 * WEIGHTS_TEXTURE_WIDTH));
}

/** For each weight tensor, its offset in the texture, in floats (texels · 4 + component). */
export function weightOffsets(specification: ModelSpecification): Map<string, number> {
  const offsets = new Map<string, number>();
  let offset = 0;
  for (const [name, shape] of weightShapes(specification)) {
    offsets.set(name, offset);
    offset += sizeOf(shape);
  }
  return offsets;
}

/**
 * Packs all weights into the texels of the weights texture, row by row. The rest of the last row is zero.
 *
 * @throws ModelError if the weights are not exactly those of the specification, or not finite
 */
export function packWeights(specification: ModelSpecification, weights: Weights): Float32Array<ArrayBuffer> {
  const texels = new Float32Array(4 * WEIGHTS_TEXTURE_WIDTH * weightsTextureHeight(specification));
  let offset = 0;
  for (const { data } of checkWeights(specification, weights).values()) {
    texels.set(data, offset);
    offset += data.length;
  }
  return texels;
}

/**
 * Returns copies of the weights that {@link packWeights} packed.
 *
 * @throws ModelError if there are fewer texels than weights, or a weight is not finite
 */
export function unpackWeights(specification: ModelSpecification, texels: Float32Array): Weights {
  const count = parameterCount(specification);
  if (texels.length < count) {
    throw new ModelError(`The texture holds ${texels.length} values; the specification requires ${count} weights.`);
  }
  const weights = new Map<string, Tensor>();
  let offset = 0;
  for (const [name, shape] of weightShapes(specification)) {
    const end = offset + sizeOf(shape);
    weights.set(name, { shape, data: texels.slice(offset, end) });
    offset = end;
  }
  return checkWeights(specification, weights);
}

/**
 * Returns the bytes of a model file.
 *
 * @throws ModelError if the specification or the weights are invalid
 */
export function encodeModelFile(model: Model): Uint8Array<ArrayBuffer> {
  const specification = parseSpecification(model.specification);
  return encodeFloatTexture({
    width: WEIGHTS_TEXTURE_WIDTH,
    height: weightsTextureHeight(specification),
    texels: packWeights(specification, model.weights),
    texts: new Map([[SPECIFICATION_KEY, JSON.stringify(specification)]]),
  });
}

/**
 * Reads a model file.
 * @throws ModelError that says in one sentence what is wrong with it
 */
export function decodeModelFile(bytes: Uint8Array): Model {
  const { width, height, texels, texts } = decodeFloatTexture(bytes);
  const json = texts.get(SPECIFICATION_KEY);
  if (json === undefined) {
    throw new ModelError(`The KTX2 file holds no model: its key–value data lack "${SPECIFICATION_KEY}".`);
  }
  const specification = parseSpecificationText(json);
  const rows = weightsTextureHeight(specification);
  if (width !== WEIGHTS_TEXTURE_WIDTH || height !== rows) {
    throw new ModelError(
      `The model file contradicts itself: its texture has ${width} × ${height} texels, and its specification's ${parameterCount(specification)} weights take ${WEIGHTS_TEXTURE_WIDTH} × ${rows}.`,
    );
  }
  return { specification, weights: unpackWeights(specification, texels) };
}

/**
 * Parses a specification from its JSON text.
 *
 * @throws ModelError if the text is not valid JSON or not a specification
 */
export function parseSpecificationText(json: string): ModelSpecification {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const fault = error instanceof Error ? `: ${error.message}` : '';
    throw new ModelError(`The model's specification is not valid JSON${fault}.`);
  }
  return parseSpecification(value);
}
