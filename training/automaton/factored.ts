/**
 * Training a full perception as a product: depthwise filters and a 1×1 layer,
 * which learn faster than the full kernel and fold into it exactly.
 */
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import { tensorOf, type Model, type Weights } from '../../engine/common/model/weights.ts';
import { foldDepthwise } from '../../engine/learning/rollout/layers.ts';

/** The specification that is trained in place of `model`, with `filters` a channel; 0 for the model itself. */
export function factoredSpecification(model: ModelSpecification, filters: number): ModelSpecification {
  const { perceive } = model;
  if (filters === 0 || perceive.kind !== 'conv3x3') return model;
  return {
    ...model,
    perceive: { kind: 'depthwise3x3', filters, activation: 'none' },
    update: [{ kind: 'dense', units: perceive.features, activation: perceive.activation }, ...model.update],
  };
}

/** The weights of `model` from those of its {@link factoredSpecification}. */
export function foldFactored(model: ModelSpecification, filters: number, weights: Weights): Model {
  const { perceive, channels } = model;
  if (filters === 0 || perceive.kind !== 'conv3x3') return { specification: model, weights };
  const kernel = tensorOf(weights, 'perceive.kernel').data;
  const mixing = tensorOf(weights, 'update.0.kernel').data;
  const folded = new Map([
    [
      'perceive.kernel',
      {
        shape: [3, 3, channels.count, perceive.features],
        data: foldDepthwise(kernel, channels.count, filters, mixing),
      },
    ],
    ['perceive.bias', tensorOf(weights, 'update.0.bias')],
  ]);
  model.update.forEach((_, index) => {
    for (const part of ['kernel', 'bias']) {
      folded.set(`update.${index}.${part}`, tensorOf(weights, `update.${index + 1}.${part}`));
    }
  });
  return { specification: model, weights: folded };
}
