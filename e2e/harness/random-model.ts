import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import { sizeOf, weightShapes, type Model, type Tensor } from '../../engine/common/model/weights.ts';
import { Random } from '../../engine/common/random/random.ts';

/** Deviation of the last layer's weights: small, so that the state stays tame without training. */
const OUTPUT_GAIN = 0.15;

/** A model with random weights, made up for tests: it classifies nothing, but every weight matters. */
export function randomModel(specification: ModelSpecification, seed: number): Model {
  const random = new Random(seed);
  const weights = new Map<string, Tensor>();
  const last = `update.${specification.update.length - 1}`;
  for (const [name, shape] of weightShapes(specification)) {
    const isDepthwise = specification.perceive.kind === 'depthwise3x3' && name === 'perceive.kernel';
    const inputs = isDepthwise ? 9 : sizeOf(shape.slice(0, -1));
    const deviation = name.endsWith('bias') ? 0.1 : 1 / Math.sqrt(inputs);
    const gain = name.startsWith(last) ? OUTPUT_GAIN : 1;
    weights.set(name, {
      shape,
      data: Float32Array.from({ length: sizeOf(shape) }, () => random.normal(gain * deviation)),
    });
  }
  return { specification, weights };
}
