/** An automaton whose steps and gradients are computed by C++ kernels, on one core. */
import { codeOf } from '../../common/model/activations.ts';
import {
  featureCount,
  keptUpdateScale,
  updateUnitOfChannel,
  type ModelSpecification,
} from '../../common/model/specification.ts';
import type { Automaton, Differential, LossOfState, LossOptions, StepSettings } from '../rollout/automaton.ts';
import { NoiseTable, type Batch, type StepOptions } from '../rollout/batch.ts';
import { lossAndSlope } from '../rollout/loss.ts';
import type { NetworkHandle, NetworkKernels, NetworkRollout, NetworkShape } from './network-kernels.ts';

const TAPS = 9;

export class NetworkAutomaton implements Automaton {
  readonly #kernels: NetworkKernels;
  readonly #specification: ModelSpecification;
  readonly #network: NetworkHandle;
  #isOpen = true;
  readonly #dropout: number;
  readonly #noise: NoiseTable | null;
  #weightCount = 0;
  /** Kept from batch to batch, as fresh arrays of this size make the garbage collector work. */
  #fired = new Int32Array(0);

  constructor(
    kernels: NetworkKernels,
    specification: ModelSpecification,
    { dropout = specification.step.dropout, noise = specification.step.noise }: StepSettings = {},
  ) {
    const scale = specification.step.size * keptUpdateScale(specification, dropout);
    this.#kernels = kernels;
    this.#specification = specification;
    this.#dropout = dropout;
    this.#noise = noise > 0 ? new NoiseTable(specification, noise * scale) : null;
    this.#network = kernels.openNetwork(shapeOf(specification, scale, this.#noise?.values ?? new Float32Array(0)));
  }

  setWeights(flat: Float32Array): void {
    this.#kernels.setWeights(this.#network, flat);
    this.#weightCount = flat.length;
  }

  dispose(): void {
    if (this.#isOpen) this.#kernels.closeNetwork(this.#network);
    this.#isOpen = false;
  }

  run(batch: Batch, state: Float32Array, options: StepOptions): Promise<Float32Array> {
    const result = state.slice();
    this.#kernels.run(this.#network, result, false, this.#rolloutOf(batch, options));
    return Promise.resolve(result);
  }

  differentiate(batch: Batch, options: StepOptions, { weights, batchSize }: LossOptions): Promise<Differential> {
    return this.differentiateLoss(batch, options, (state) =>
      lossAndSlope(batch, state, this.#specification, weights, batchSize),
    );
  }

  differentiateLoss(batch: Batch, options: StepOptions, lossOf: LossOfState): Promise<Differential> {
    const rollout = this.#rolloutOf(batch, options);
    const state = batch.initialState();
    this.#kernels.run(this.#network, state, true, rollout);
    const { loss, slope } = lossOf(state);
    const gradient = new Float32Array(this.#weightCount);
    this.#kernels.differentiate(this.#network, slope, gradient, rollout);
    return Promise.resolve({ loss, state, gradient });
  }

  #rolloutOf(batch: Batch, options: StepOptions): NetworkRollout {
    const { seed, firstStep, steps, firstSlot } = options;
    const most = steps * batch.liveCount;
    if (this.#fired.length < most) this.#fired = new Int32Array(most);
    const firedCounts = new Int32Array(steps);
    const noiseStarts = new Int32Array(steps);
    let place = 0;
    for (let index = 0; index < steps; index += 1) {
      const step = firstStep + index;
      const count = batch.fire(seed, step, this.#dropout, firstSlot, this.#fired.subarray(place));
      firedCounts[index] = count;
      // On other backends the empty row has noise, too.
      noiseStarts[index] = this.#noise?.start(count + 1, options, step) ?? 0;
      place += count;
    }
    const { rowCount: rows, liveCount: live, neighbours } = batch;
    return { rows, live, steps, neighbours, fired: this.#fired, firedCounts, noiseStarts };
  }
}

function shapeOf(specification: ModelSpecification, scale: number, noise: Float32Array): NetworkShape {
  const { channels, perceive, update } = specification;
  const layers: number[] = [];
  let inputs = featureCount(specification);
  if (perceive.kind === 'conv3x3') {
    layers.push(TAPS * channels.count, perceive.features, codeOf(perceive.activation));
    inputs = perceive.features;
  }
  for (const { units, activation } of update) {
    layers.push(inputs, units, codeOf(activation));
    inputs = units;
  }
  const channelOfUnit = new Int32Array(inputs).fill(-1);
  updateUnitOfChannel(specification).forEach((unit, channel) => {
    if (unit >= 0) channelOfUnit[unit] = channel;
  });
  const filters = perceive.kind === 'depthwise3x3' ? perceive.filters : 0;
  return {
    channels: channels.count,
    filters,
    perceptionActivation: codeOf(filters > 0 ? perceive.activation : 'none'),
    layers: Int32Array.from(layers),
    channelOfUnit,
    scale,
    noise,
  };
}
