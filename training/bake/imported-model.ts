/**
 * Models in safetensors files: those trained elsewhere, whose tensors bear the
 * names of the weights, and checkpoints of this package, which keep several
 * sets of weights and more under prefixes.
 */
import { decodeModelFile, parseSpecificationText, SPECIFICATION_KEY } from '../../engine/common/model/file.ts';
import { decodeSafetensors, float32Of, type Safetensors } from '../../engine/common/model/safetensors.ts';
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import { ModelError } from '../../engine/common/model/model-error.ts';
import {
  checkWeights,
  type Model,
  type Tensor,
  type Weights,
  weightShapes,
} from '../../engine/common/model/weights.ts';
import { adviceOn } from './weights-advice.ts';

const JSON_START = 0x7b;
const KTX2_MAGIC = [0xab, 0x4b, 0x54, 0x58];

/**
 * The model in a file of either kind: baked, or safetensors, which checkpoints are too.
 * @throws ModelError if there is none in it
 */
export function readModel(bytes: Uint8Array): Model {
  const baked = KTX2_MAGIC.every((value, index) => bytes[index] === value);
  if (baked) return decodeModelFile(bytes);
  if (bytes[0] === JSON_START) {
    throw new ModelError('This is JSON and no model, which is a .ktx2 file, a checkpoint or a safetensors file.');
  }
  return modelFromSafetensors(decodeSafetensors(bytes));
}

/** Where a set of weights may lie, best first: a moving average runs better than the weights it follows. */
const PREFIXES = ['average.', 'ema/', ''] as const;

/**
 * The model in a safetensors file.
 * @param specification of a model trained elsewhere; by default the file's own, under `nca` in its metadata
 * @throws ModelError if there is no specification, or the weights are not exactly those it asks for
 */
export function modelFromSafetensors(file: Safetensors, specification?: ModelSpecification): Model {
  const chosen = specification ?? ownSpecification(file);
  return { specification: chosen, weights: readWeights(file, chosen) };
}

/** A model as a safetensors file: float32 weights, the specification under `nca`. */
export function safetensorsFromModel({ specification, weights }: Model): Safetensors {
  const tensors = new Map(
    [...weights].map(([name, { shape, data }]) => [name, { dtype: 'F32', shape, data } as const]),
  );
  return { tensors, metadata: { [SPECIFICATION_KEY]: JSON.stringify(specification) } };
}

function ownSpecification({ metadata }: Safetensors): ModelSpecification {
  if (!Object.hasOwn(metadata, SPECIFICATION_KEY)) {
    throw new ModelError(
      `The safetensors file has no specification under "${SPECIFICATION_KEY}" in its metadata. training/SPECIFICATION.md tells how to write one; then "npm run bake -- model.safetensors --spec model.json --out model.ktx2" takes it.`,
    );
  }
  return parseSpecificationText(metadata[SPECIFICATION_KEY]);
}

function readWeights({ tensors }: Safetensors, specification: ModelSpecification): Weights {
  const names = [...weightShapes(specification).keys()];
  const prefix = PREFIXES.find((candidate) => names.some((name) => tensors.has(candidate + name))) ?? '';
  const weights = new Map<string, Tensor>();
  for (const [fullName, tensor] of tensors) {
    if (!fullName.startsWith(prefix)) continue;
    weights.set(fullName.slice(prefix.length), { shape: tensor.shape, data: float32Of(tensor) });
  }
  try {
    return checkWeights(specification, weights);
  } catch (error) {
    const advice = error instanceof ModelError && adviceOn(error, specification, weights);
    throw advice ? new ModelError(`${error.message} ${advice}`, error.field) : error;
  }
}
