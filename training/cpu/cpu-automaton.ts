/** An automaton whose steps and gradients are computed by the addon, on one core. */
import { codeOf } from '../../engine/common/model/activations.ts';
import {
  featureCount,
  keptUpdateScale,
  updateUnitOfChannel,
  type ModelSpecification,
} from '../../engine/common/model/specification.ts';
import type {
  Automaton,
  Differential,
  LossOfState,
  LossOptions,
  StepSettings,
} from '../../engine/learning/rollout/automaton.ts';
import { NoiseTable, type Batch, type StepOptions } from '../../engine/learning/rollout/batch.ts';
import { lossAndSlope } from '../../engine/learning/rollout/loss.ts';
import type { Addon, NetworkHandle, RolloutArguments } from './addon.ts';

const TAPS = 9;

export class CpuAutomaton implements Automaton {
  readonly #addon: Addon;
  readonly #specification: ModelSpecification;
  readonly #network: NetworkHandle;
  readonly #dropout: number;
  readonly #noise: NoiseTable | null;
  #weightCount = 0;
  /** Kept from batch to batch, as fresh arrays of this size make the garbage collector work. */
  #fired = new Int32Array(0);

  constructor(
    addon: Addon,
    specification: ModelSpecification,
    { dropout = specification.step.dropout, noise = specification.step.noise }: StepSettings = {},
  ) {
    const scale = specification.step.size * keptUpdateScale(specification, dropout);
    this.#addon = addon;
    this.#specification = specification;
    this.#network = openNetwork(addon, specification, scale);
    this.#dropout = dropout;
    this.#noise = noise > 0 ? new NoiseTable(specification, noise * scale) : null;
  }

  setWeights(flat: Float32Array): void {
    this.#addon.setWeights(this.#network, flat);
    this.#weightCount = flat.length;
  }

  // The addon frees a network once nothing refers to it.
  dispose(): void {}

  run(batch: Batch, state: Float32Array, options: StepOptions): Promise<Float32Array> {
    const result = state.slice();
    this.#addon.run(this.#network, result, 0, ...this.#rolloutOf(batch, options));
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
    this.#addon.run(this.#network, state, 1, ...rollout);
    const { loss, slope } = lossOf(state);
    const gradient = new Float32Array(this.#weightCount);
    this.#addon.differentiate(this.#network, slope, gradient, ...rollout);
    return Promise.resolve({ loss, state, gradient });
  }

  #rolloutOf(batch: Batch, options: StepOptions): RolloutArguments {
    const { seed, firstStep, steps, firstSlot } = options;
    const most = steps * batch.liveCount;
    if (this.#fired.length < most) this.#fired = new Int32Array(most);
    const counts = new Int32Array(steps);
    const noiseStarts = new Int32Array(steps);
    let place = 0;
    for (let index = 0; index < steps; index += 1) {
      const step = firstStep + index;
      const count = batch.fire(seed, step, this.#dropout, firstSlot, this.#fired.subarray(place));
      counts[index] = count;
      // On other backends the empty row has noise, too.
      noiseStarts[index] = this.#noise?.start(count + 1, options, step) ?? 0;
      place += count;
    }
    const noise = this.#noise?.values ?? null;
    return [batch.rowCount, batch.liveCount, steps, batch.neighbours, this.#fired, counts, noise, noiseStarts];
  }
}

function openNetwork(addon: Addon, specification: ModelSpecification, scale: number): NetworkHandle {
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
  const activation = codeOf(filters > 0 ? perceive.activation : 'none');
  const table = Int32Array.from(layers);
  return addon.openNetwork(channels.count, filters, activation, table, layers.length / 3, channelOfUnit, scale);
}
