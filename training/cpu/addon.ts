/** The addon that `build.sh` compiles from the C++ files beside this one. */
import { createRequire } from 'node:module';
import type { MatrixProduct } from '../../engine/learning/loop/eigenbasis.ts';

declare const handle: unique symbol;
/** A network that the addon holds until nothing refers to it any more. */
export interface NetworkHandle {
  readonly [handle]: never;
}

/**
 * Steps of a batch, as the addon takes them: the number of rows, live rows and steps; `neighbours` of the batch; the rows
 * that fire, step after step, and how many they are in each; the table of noise, or null, and the row in it at which each
 * step's begins.
 */
export type RolloutArguments = readonly [
  rows: number,
  live: number,
  steps: number,
  neighbours: Int32Array,
  fired: Int32Array,
  firedCounts: Int32Array,
  noise: Float32Array | null,
  noiseStarts: Int32Array,
];

export interface Addon {
  /**
   * @param filters 3×3 filters a channel; 0 where the first layer sees the nine cells as they are
   * @param perceptionActivation as all activations, the place in `ACTIVATIONS`
   * @param layers inputs, units and activation of each layer
   * @param channelOfUnit the channel that each unit of the last layer changes, or −1
   * @param scale the factor of an update
   */
  openNetwork(
    channels: number,
    filters: number,
    perceptionActivation: number,
    layers: Int32Array,
    layerCount: number,
    channelOfUnit: Int32Array,
    scale: number,
  ): NetworkHandle;
  setWeights(network: NetworkHandle, flat: Float32Array): void;
  /** Steps `state` [rows, channels] in place, and keeps what `differentiate` needs if `keep` is 1. */
  run(network: NetworkHandle, state: Float32Array, keep: 0 | 1, ...rollout: RolloutArguments): void;
  /** Writes the gradient of the flat weights for a `slope` [live, channels] after the last run, which was kept. */
  differentiate(
    network: NetworkHandle,
    slope: Float32Array,
    gradient: Float32Array,
    ...rollout: RolloutArguments
  ): void;
  /** out [rows, columns] = a · b, added up in double precision; offsets and strides are in numbers. */
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

/** @throws an error with the code MODULE_NOT_FOUND if the addon has not been built */
export function loadAddon(): Addon {
  return createRequire(import.meta.url)('./build/cpu.node') as Addon;
}

/** The addon's product of matrices. */
export function productOf(addon: Addon): MatrixProduct {
  return (a, b, out) => {
    addon.multiply(
      ...([a.values, a.offset, a.rowStride, a.columnStride] as const),
      ...([b.values, b.offset, b.rowStride, b.columnStride] as const),
      ...([a.rows, a.columns, b.columns, out] as const),
    );
  };
}
