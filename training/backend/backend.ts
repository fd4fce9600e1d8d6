/**
 * What the arithmetic runs on: a GPU by WebGPU, the processor by our own kernels, or TensorFlow.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { messageOf } from '../../engine/common/error-message.ts';
import type { MatrixProduct } from '../../engine/learning/loop/eigenbasis.ts';
import type { AutomatonMaker } from '../../engine/learning/rollout/automaton.ts';
import { GpuAutomaton } from '../../engine/learning/webgpu/gpu-automaton.ts';
import { NetworkAutomaton } from '../../engine/learning/network/network-automaton.ts';
import type { NetworkKernels } from '../../engine/learning/network/network-kernels.ts';
import { startWasmKernels } from '../../engine/learning/network/wasm-kernels.ts';
import { loadAddon } from '../cpu/addon.ts';
import { openGpu } from '../webgpu/open-gpu.ts';
import { BackendError } from './backend-error.ts';
import type { Processor, Started } from './started.ts';

export const BACKEND_NAMES = ['auto', 'webgpu', 'tensorflow-gpu', 'cpu', 'tensorflow', 'wasm'] as const;
export type BackendName = (typeof BACKEND_NAMES)[number];

/** More threads than this share a batch of 16 badly. */
const MOST_DEFAULT_WORKERS = 8;

/** A backend that is ready for use in this thread. */
export interface Backend {
  readonly name: Exclude<BackendName, 'auto'>;
  /** Why this one, in words for the user. */
  readonly reason: string;
  /** Makes automata that run on it. */
  readonly automaton: AutomatonMaker;
  /** A quick product of matrices for the optimizer, where there is one. */
  readonly product?: MatrixProduct;
  /** Threads with a backend each that suit this machine. */
  readonly defaultWorkers: number;
}

/** Starts a backend, or throws what is in its way. A GPU's backend refuses the processor unless that is `welcome`. */
type Loader = (processor: Processor) => Promise<Started>;

function startedWithNetwork(kernels: NetworkKernels): Started {
  return {
    automaton: (specification, settings) => new NetworkAutomaton(kernels, specification, settings),
    product: kernels.multiply,
    device: 'the CPU',
    onGpu: false,
  };
}

/** TensorFlow.js is loaded only where it is used. */
function loadTensorFlow(packageName: string): Loader {
  return async (processor) => (await import('./tensorflow.ts')).startTensorFlow(packageName, processor);
}

const WASM_FILE = new URL('../../engine/learning/network/network.wasm', import.meta.url);

const LOADERS: Record<Backend['name'], Loader> = {
  webgpu: async (processor) => {
    const gpu = await openGpu({ software: processor === 'welcome' });
    return {
      automaton: (specification, settings) => new GpuAutomaton(gpu, specification, settings),
      device: gpu.description,
      onGpu: true,
    };
  },
  'tensorflow-gpu': loadTensorFlow('@tensorflow/tfjs-node-gpu'),
  cpu: () => Promise.resolve(startedWithNetwork(loadAddon())),
  tensorflow: loadTensorFlow('@tensorflow/tfjs-node'),
  wasm: async () => startedWithNetwork(await startWasmKernels(readFileSync(WASM_FILE))),
};

/** The command that installs an optional backend. */
const INSTALLED_BY: Partial<Record<Backend['name'], string>> = {
  webgpu: 'npm ci --prefix training/webgpu',
  'tensorflow-gpu': 'training/native/build-addon.sh',
  cpu: 'training/cpu/build.sh',
};

/** The first line of an error; a missing addon throws errors of many kinds. */
function reasonOf(name: Backend['name'], fault: unknown): string {
  if (isMissing(fault)) return ['not installed', INSTALLED_BY[name]].filter(Boolean).join(', see ');
  return messageOf(fault).split('\n')[0];
}

function isMissing(fault: unknown): boolean {
  return typeof fault === 'object' && fault !== null && 'code' in fault && fault.code === 'MODULE_NOT_FOUND';
}

/** What `auto` tries: GPUs first, then the processor by our own kernels, which are quicker there than TensorFlow. */
const CANDIDATES: readonly (readonly [Backend['name'], Processor])[] = [
  ['webgpu', 'refused'],
  ['tensorflow-gpu', 'refused'],
  ['cpu', 'welcome'],
  ['wasm', 'welcome'],
];

/**
 * Starts a backend in this thread. `auto` takes the first that loads of webgpu and tensorflow-gpu on a real GPU, cpu and
 * wasm.
 * @throws BackendError if the one asked for does not load
 */
export async function startBackend(asked: BackendName): Promise<Backend> {
  const candidates = asked === 'auto' ? CANDIDATES : [[asked, 'welcome'] as const];
  const refused: string[] = [];
  for (const [name, processor] of candidates) {
    try {
      const { device, onGpu, ...started } = await LOADERS[name](processor);
      const choice = asked === 'auto' ? ['the first that loads', ...refused].join('; ') : 'as asked';
      const defaultWorkers = onGpu ? 1 : Math.min(MOST_DEFAULT_WORKERS, availableParallelism());
      return { ...started, name, reason: `${choice}, on ${device}`, defaultWorkers };
    } catch (fault) {
      refused.push(`${name}: ${reasonOf(name, fault)}`);
    }
  }
  throw new BackendError(`The backend "${asked}" cannot be used (${refused.join('; ')}).`);
}
