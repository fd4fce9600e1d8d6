/** What C++ computes for an automaton: compiled to WebAssembly (`wasm-kernels.ts`), or to an addon of Node. */
import type { MatrixProduct } from '../loop/eigenbasis.ts';

declare const handle: unique symbol;
/** A network that the kernels hold. */
export interface NetworkHandle {
  readonly [handle]: never;
}

/** A network, as the kernels take it. */
export interface NetworkShape {
  readonly channels: number;
  /** 3×3 filters a channel; 0 where the first layer sees the nine cells as they are. */
  readonly filters: number;
  /** As all activations, the place in `ACTIVATIONS`. */
  readonly perceptionActivation: number;
  /** Inputs, units and activation of each layer, [layers, 3]. */
  readonly layers: Int32Array;
  /** The channel that each unit of the last layer changes, or −1. */
  readonly channelOfUnit: Int32Array;
  /** What an update is multiplied by. */
  readonly scale: number;
  /** Noise for updates, [rows, channels]; empty for none. */
  readonly noise: Float32Array;
}

/** Steps of a batch, as the kernels take them; see `Batch` for its rows. */
export interface NetworkRollout {
  readonly rows: number;
  readonly live: number;
  readonly steps: number;
  /** Rows of the neighbours, [live + 1, 9]. */
  readonly neighbours: Int32Array;
  /** The rows that fire, step after step, and how many they are in each. The array may be longer. */
  readonly fired: Int32Array;
  readonly firedCounts: Int32Array;
  /** The row of the noise at which each step's begins. */
  readonly noiseStarts: Int32Array;
}

export interface NetworkKernels {
  openNetwork(shape: NetworkShape): NetworkHandle;
  /** Frees a network, which must not be used again. */
  closeNetwork(network: NetworkHandle): void;
  setWeights(network: NetworkHandle, flat: Float32Array): void;
  /** Steps `state` [rows, channels] in place, and keeps what `differentiate` needs if that is wanted. */
  run(network: NetworkHandle, state: Float32Array, keep: boolean, rollout: NetworkRollout): void;
  /**
   * Writes the gradient of the flat weights for a `slope` [live, channels] at the end of the last run, which was kept and
   * had the same rollout.
   */
  differentiate(network: NetworkHandle, slope: Float32Array, gradient: Float32Array, rollout: NetworkRollout): void;
  readonly multiply: MatrixProduct;
}
