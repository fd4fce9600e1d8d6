/**
 * The kernels in WebAssembly. `build-wasm.sh` compiles `network.wasm` from the C++ files beside it. It has vectors but no
 * fused multiply-adds, so it computes the same bits wherever it runs.
 */
import type { MatrixView } from '../loop/eigenbasis.ts';
import type { NetworkHandle, NetworkKernels, NetworkRollout, NetworkShape } from './network-kernels.ts';

/** A place in the module's memory, in bytes. */
type Pointer = number;

/** The functions of `wasm.cc`. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  allocate(bytes: number): Pointer;
  release(memory: Pointer): void;
  openNetwork(
    channels: number,
    filters: number,
    perceptionActivation: number,
    layers: Pointer,
    layerCount: number,
    channelOfUnit: Pointer,
    scale: number,
    noise: Pointer,
    noiseLength: number,
  ): Pointer;
  closeNetwork(network: Pointer): void;
  setWeights(network: Pointer, flat: Pointer): void;
  run(network: Pointer, state: Pointer, keep: number, rollout: Pointer): void;
  differentiate(network: Pointer, slope: Pointer, gradient: Pointer, rollout: Pointer): void;
  multiply(
    a: Pointer,
    aRowStride: number,
    aColumnStride: number,
    b: Pointer,
    bRowStride: number,
    bColumnStride: number,
    rows: number,
    inner: number,
    columns: number,
    out: Pointer,
  ): void;
}

type Numbers = Float32Array | Float64Array | Int32Array;

/** Places are multiples of this, as vectors are. */
const ALIGNMENT = 16;

const NO_MEMORY = 'There is no memory left for learning.';

/** What the C++ library would print with when it gives up. Nothing is printed: the module's own end is an exception. */
const NO_FILES = Object.fromEntries(['fd_close', 'fd_seek', 'fd_write'].map((name) => [name, (): number => 8]));

/**
 * Arrays that go to the module for a call and come back. Their memory is kept from call to call, and grows with the
 * largest.
 */
class Scratch {
  readonly #exports: Exports;
  #start: Pointer = 0;
  #bytes = 0;

  constructor(exports: Exports) {
    this.#exports = exports;
  }

  /** Copies arrays into the module's memory, and gives their places, which are good until the next call. */
  place(arrays: readonly Numbers[]): Pointer[] {
    let length = 0;
    const offsets = arrays.map(({ byteLength }) => {
      const offset = length;
      length += Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT;
      return offset;
    });
    this.#reserve(length);
    const bytes = new Uint8Array(this.#exports.memory.buffer);
    return arrays.map((array, index) => {
      const place = this.#start + offsets[index];
      bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), place);
      return place;
    });
  }

  /** Copies what is at a place back into an array. */
  take(place: Pointer, into: Numbers): void {
    new Uint8Array(into.buffer, into.byteOffset, into.byteLength).set(
      new Uint8Array(this.#exports.memory.buffer, place, into.byteLength),
    );
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#bytes) return;
    this.#exports.release(this.#start);
    this.#bytes = Math.ceil(1.25 * bytes);
    this.#start = this.#exports.allocate(this.#bytes);
    if (this.#start === 0) throw new RangeError(NO_MEMORY);
  }
}

/** Calls the module. It stops in the middle only where C++ gets no memory. */
function guarded<Result>(call: () => Result): Result {
  try {
    return call();
  } catch (cause) {
    throw cause instanceof WebAssembly.RuntimeError ? new RangeError(NO_MEMORY, { cause }) : cause;
  }
}

class WasmKernels implements NetworkKernels {
  readonly #exports: Exports;
  readonly #scratch: Scratch;

  constructor(exports: Exports) {
    this.#exports = exports;
    this.#scratch = new Scratch(exports);
  }

  openNetwork(shape: NetworkShape): NetworkHandle {
    const { channels, filters, perceptionActivation, layers, channelOfUnit, scale, noise } = shape;
    const [layersAt, channelsAt, noiseAt] = this.#scratch.place([layers, channelOfUnit, noise]);
    const network = guarded(() =>
      this.#exports.openNetwork(
        ...([channels, filters, perceptionActivation] as const),
        ...([layersAt, layers.length / 3, channelsAt, scale, noiseAt, noise.length] as const),
      ),
    );
    return network as unknown as NetworkHandle;
  }

  closeNetwork(network: NetworkHandle): void {
    this.#exports.closeNetwork(pointerOf(network));
  }

  setWeights(network: NetworkHandle, flat: Float32Array): void {
    this.#exports.setWeights(pointerOf(network), ...this.#place(flat));
  }

  run(network: NetworkHandle, state: Float32Array, keep: boolean, rollout: NetworkRollout): void {
    const [place, ...parts] = this.#scratch.place([state, ...partsOf(rollout)]);
    const at = this.#rolloutAt(rollout, parts);
    guarded(() => this.#exports.run(pointerOf(network), place, Number(keep), at));
    this.#scratch.take(place, state);
  }

  differentiate(network: NetworkHandle, slope: Float32Array, gradient: Float32Array, rollout: NetworkRollout): void {
    const [slopeAt, place, ...parts] = this.#scratch.place([slope, gradient, ...partsOf(rollout)]);
    const at = this.#rolloutAt(rollout, parts);
    guarded(() => this.#exports.differentiate(pointerOf(network), slopeAt, place, at));
    this.#scratch.take(place, gradient);
  }

  readonly multiply = (a: MatrixView, b: MatrixView, out: Float64Array): void => {
    const { rows, columns: inner } = a;
    const { columns } = b;
    const product = out.subarray(0, rows * columns);
    const [aAt, bAt, place] = this.#scratch.place([elementsOf(a), elementsOf(b), product]);
    this.#exports.multiply(
      ...([aAt, a.rowStride, a.columnStride, bAt, b.rowStride, b.columnStride] as const),
      ...([rows, inner, columns, place] as const),
    );
    this.#scratch.take(place, product);
  };

  #place(array: Numbers): [Pointer] {
    const [place] = this.#scratch.place([array]);
    return [place];
  }

  /** Writes what C++ knows as a `Rollout` at the last of the places. */
  #rolloutAt({ rows, live, steps }: NetworkRollout, places: readonly Pointer[]): Pointer {
    const [neighbours, fired, counts, noiseStarts, place] = places;
    const words = new Int32Array(this.#exports.memory.buffer, place, ROLLOUT_WORDS);
    words.set([rows, live, steps, neighbours, fired, counts, noiseStarts]);
    return place;
  }
}

/** The words of a `Rollout` in C++. */
const ROLLOUT_WORDS = 7;

/** The arrays of a rollout, and room for the `Rollout` itself. */
function partsOf({ neighbours, fired, firedCounts, noiseStarts }: NetworkRollout): Int32Array[] {
  const count = firedCounts.reduce((total, step) => total + step, 0);
  return [neighbours, fired.subarray(0, count), firedCounts, noiseStarts, new Int32Array(ROLLOUT_WORDS)];
}

function elementsOf({ values, offset, rows, columns, rowStride, columnStride }: MatrixView): Float32Array {
  return values.subarray(offset, offset + (rows - 1) * rowStride + (columns - 1) * columnStride + 1);
}

function pointerOf(network: NetworkHandle): Pointer {
  return network as unknown as Pointer;
}

/**
 * The kernels of `network.wasm`, with a memory of their own.
 * @param bytes the contents of the file
 * @throws Error if this browser does not compile it
 */
export async function startWasmKernels(bytes: BufferSource): Promise<NetworkKernels> {
  try {
    const { instance } = await WebAssembly.instantiate(bytes, { wasi_snapshot_preview1: NO_FILES });
    return new WasmKernels(instance.exports as unknown as Exports);
  } catch (cause) {
    throw new Error(
      'The WebAssembly of learning does not start here. It needs Chrome 91, Firefox 89, Safari 16.4 or later.',
      { cause },
    );
  }
}
