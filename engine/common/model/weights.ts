/**
 * A model's weights, with the names and shapes given by its specification.
 *
 * They are float32, row-major: `perceive.kernel` [3, 3, C, P] and `perceive.bias` [P] (depthwise: [3, 3, C, M], feature
 * c·M + m, no bias), then for each 1×1 layer i `update.i.kernel` [inputs, units] and `update.i.bias` [units].
 */
import { featureCount, type ModelSpecification } from './specification.ts';
import { ModelError } from './model-error.ts';

/** A named, row-major float32 array. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Tensors by name, in the order of {@link weightShapes}. */
export type Weights = ReadonlyMap<string, Tensor>;

/** A specification with its weights. */
export interface Model {
  readonly specification: ModelSpecification;
  readonly weights: Weights;
}

/** Returns the names and shapes of all weights of a specification, in storage order. */
export function weightShapes(specification: ModelSpecification): Map<string, number[]> {
  const { channels, perceive, update } = specification;
  const shapes = new Map<string, number[]>();
  let inputs = featureCount(specification);
  if (perceive.kind === 'conv3x3') {
    shapes.set('perceive.kernel', [3, 3, channels.count, perceive.features]);
    shapes.set('perceive.bias', [perceive.features]);
  } else {
    shapes.set('perceive.kernel', [3, 3, channels.count, perceive.filters]);
  }
  update.forEach(({ units }, index) => {
    shapes.set(`update.${index}.kernel`, [inputs, units]);
    shapes.set(`update.${index}.bias`, [units]);
    inputs = units;
  });
  return shapes;
}

/** The number of values in a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** The number of parameters of a specification. */
export function parameterCount(specification: ModelSpecification): number {
  let total = 0;
  for (const shape of weightShapes(specification).values()) total += sizeOf(shape);
  return total;
}

/**
 * Checks that `tensors` are exactly the weights of `specification`, and that all of them are finite.
 *
 * @returns the weights in storage order
 * @throws ModelError that names the tensor that is missing, unknown, of another shape, or not finite.
 */
export function checkWeights(specification: ModelSpecification, tensors: Weights): Weights {
  const shapes = weightShapes(specification);
  for (const name of tensors.keys()) {
    if (!shapes.has(name)) {
      throw new ModelError(`The weights hold "${name.slice(0, 80)}", which is not in the specification.`, name);
    }
  }
  const checked = new Map<string, Tensor>();
  for (const [name, shape] of shapes) {
    const tensor = tensors.get(name);
    if (!tensor) throw new ModelError(`The weights lack "${name}" [${shape.join(', ')}].`, name);
    const sameShape =
      tensor.shape.length === shape.length && shape.every((extent, axis) => extent === tensor.shape[axis]);
    if (!sameShape || tensor.data.length !== sizeOf(shape)) {
      throw new ModelError(
        `The weights "${name}" are [${tensor.shape.join(', ')}]; the specification requires [${shape.join(', ')}].`,
        name,
      );
    }
    const bad = tensor.data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new ModelError(`The weights "${name}" hold ${tensor.data[bad]} at index ${bad}; all must be finite.`, name);
    }
    checked.set(name, tensor);
  }
  return checked;
}

/**
 * Returns a weight tensor that must exist.
 *
 * @throws ModelError if it does not exist
 */
export function tensorOf(weights: Weights, name: string): Tensor {
  const tensor = weights.get(name);
  if (!tensor) throw new ModelError(`The weights lack "${name}".`);
  return tensor;
}
