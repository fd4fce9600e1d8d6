/**
 * The loss of a batch's last state, and its gradient, over live cells. The target
 * of a cell with ink is the one-hot of its digit, that of a live cell without ink
 * is zero, and that of ink that is not a digit is `undecided` for all logits.
 */
import type { ModelSpecification } from '../../common/model/specification.ts';
import { NO_CLASS, type Batch } from './batch.ts';

/** Weights of the parts of the loss. */
export interface LossWeights {
  /** Of half the squared distance of the logits from their target. */
  readonly l2: number;
  /** Of the cross-entropy of the cells with ink. */
  readonly crossEntropy: number;
  /** The target of every logit of a cell whose ink is not a class. */
  readonly undecided: number;
}

/** The weighted loss and its gradient [live rows, channels]; both divided by `batchSize`, the digits of all shares. */
export function lossAndSlope(
  batch: Batch,
  state: Float32Array,
  { channels, classes, classification }: ModelSpecification,
  weights: LossWeights,
  batchSize: number,
): { loss: number; slope: Float32Array } {
  const slope = new Float32Array(batch.liveCount * channels.count);
  const logits = classes.length;
  const exponentials = new Float64Array(logits);
  let squares = 0;
  let entropy = 0;
  batch.samples.forEach(({ label }, digit) => {
    const other = label === NO_CLASS ? weights.undecided : 0;
    for (let row = batch.starts[digit]; row < batch.starts[digit + 1]; row += 1) {
      const base = row * channels.count;
      const first = base + channels.firstLogit;
      const inked = state[base + channels.ink] >= classification.inkThreshold;
      for (let logit = 0; logit < logits; logit += 1) {
        const error = state[first + logit] - (inked ? (logit === label ? 1 : other) : 0);
        squares += (error * error) / 2;
        slope[first + logit] = (weights.l2 * error) / batchSize;
      }
      if (!inked || weights.crossEntropy === 0 || label === NO_CLASS) continue;
      let largest = -Infinity;
      for (let logit = 0; logit < logits; logit += 1) largest = Math.max(largest, state[first + logit]);
      let total = 0;
      for (let logit = 0; logit < logits; logit += 1) {
        exponentials[logit] = Math.exp(state[first + logit] - largest);
        total += exponentials[logit];
      }
      entropy += Math.log(total) + largest - state[first + label];
      for (let logit = 0; logit < logits; logit += 1) {
        const error = exponentials[logit] / total - (logit === label ? 1 : 0);
        slope[first + logit] += (weights.crossEntropy * error) / batchSize;
      }
    }
  });
  return { loss: (weights.l2 * squares + weights.crossEntropy * entropy) / batchSize, slope };
}
