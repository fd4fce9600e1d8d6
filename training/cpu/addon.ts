/** The addon that `build.sh` compiles from `addon.cc` and `engine/learning/network`. */
import { createRequire } from 'node:module';
import type { NetworkHandle, NetworkKernels, NetworkRollout } from '../../engine/learning/network/network-kernels.ts';

/** Rows, live rows, steps, neighbours, rows that fire, how many they are in each step, and the noise's first rows. */
type RolloutArguments = [number, number, number, Int32Array, Int32Array, Int32Array, Int32Array];

/** The functions of `addon.cc`. Offsets and strides are in numbers. */
interface Addon {
  openNetwork(
    channels: number,
    filters: number,
    perceptionActivation: number,
    layers: Int32Array,
    layerCount: number,
    channelOfUnit: Int32Array,
    scale: number,
    noise: Float32Array,
  ): NetworkHandle;
  closeNetwork(network: NetworkHandle): void;
  setWeights(network: NetworkHandle, flat: Float32Array): void;
  run(network: NetworkHandle, state: Float32Array, keep: number, ...rollout: RolloutArguments): void;
  differentiate(
    network: NetworkHandle,
    slope: Float32Array,
    gradient: Float32Array,
    ...rollout: RolloutArguments
  ): void;
  multiply(
    a: Float32Array,
    aOffset: number,
    aRowStride: number,
    aColumnStride: number,
    b: Float32Array,
    bOffset: number,
    bRowStride: number,
    bColumnStride: number,
    rows: number,
    inner: number,
    columns: number,
    out: Float64Array,
  ): void;
}

function argumentsOf(rollout: NetworkRollout): RolloutArguments {
  const { rows, live, steps, neighbours, fired, firedCounts, noiseStarts } = rollout;
  return [rows, live, steps, neighbours, fired, firedCounts, noiseStarts];
}

/**
 * Loads the kernels.
 * @throws an error with the code MODULE_NOT_FOUND if the addon has not been built
 */
export function loadAddon(): NetworkKernels {
  const addon = createRequire(import.meta.url)('./build/cpu.node') as Addon;
  return {
    openNetwork: ({ channels, filters, perceptionActivation, layers, channelOfUnit, scale, noise }) =>
      addon.openNetwork(
        ...([channels, filters, perceptionActivation] as const),
        ...([layers, layers.length / 3, channelOfUnit, scale, noise] as const),
      ),
    closeNetwork: (network) => addon.closeNetwork(network),
    setWeights: (network, flat) => addon.setWeights(network, flat),
    run: (network, state, keep, rollout) => addon.run(network, state, Number(keep), ...argumentsOf(rollout)),
    differentiate: (network, slope, gradient, rollout) =>
      addon.differentiate(network, slope, gradient, ...argumentsOf(rollout)),
    multiply: (a, b, out) =>
      addon.multiply(
        ...([a.values, a.offset, a.rowStride, a.columnStride] as const),
        ...([b.values, b.offset, b.rowStride, b.columnStride] as const),
        ...([a.rows, a.columns, b.columns, out] as const),
      ),
  };
}
