/**
 * What the arithmetic runs on: a GPU by WebGPU, or a backend of TensorFlow.js.
 */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { messageOf } from '../../engine/common/error-message.ts';
import type { MatrixProduct } from '../../engine/learning/loop/eigenbasis.ts';
import type { AutomatonMaker } from '../../engine/learning/rollout/automaton.ts';
import { TensorAutomaton } from '../../engine/learning/rollout/rollout.ts';
import { GpuAutomaton } from '../../engine/learning/webgpu/gpu-automaton.ts';
import { loadAddon, productOf } from '../cpu/addon.ts';
import { CpuAutomaton } from '../cpu/cpu-automaton.ts';
import { openGpu } from '../webgpu/open-gpu.ts';
import { BackendError } from './backend-error.ts';
import type { Kernels } from '../../engine/learning/backend/kernels.ts';
import { nativeKernels } from './native-kernels.ts';
import { wasmKernels } from '../../engine/learning/backend/wasm-kernels.ts';

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
  /** What it offers TensorFlow.js's tensors; null on WebGPU, which does without. */
  readonly kernels: Kernels | null;
  /** A quick product of matrices for the optimizer, where there is one. */
  readonly product?: MatrixProduct;
  /** Threads with a backend each that suit this machine. */
  readonly defaultWorkers: number;
}

/** A backend that has started. */
interface Started {
  readonly automaton: AutomatonMaker;
  readonly kernels: Kernels | null;
  readonly product?: MatrixProduct;
  /** What it runs on, in words. */
  readonly device: string;
  readonly onGpu: boolean;
}

/** Starts a backend, or throws what is in its way. A GPU's backend refuses the processor unless that is `welcome`. */
type Loader = (processor: 'welcome' | 'refused') => Promise<Started>;

const requireFromHere = createRequire(import.meta.url);

/** Loads a native addon that is installed for the project or built under `training/native`. */
function loadNative(packageName: string): Loader {
  return async (processor) => {
    // Threads that share one small matrix product gain less than threads that share a batch, and
    // they add in an order that changes from run to run. INFO lines are of no use to anyone.
    process.env.TF_NUM_INTRAOP_THREADS ??= '1';
    process.env.TF_NUM_INTEROP_THREADS ??= '1';
    process.env.TF_CPP_MIN_LOG_LEVEL ??= '1';
    const native = createRequire(new URL('../native/package.json', import.meta.url));
    let path: string;
    try {
      path = requireFromHere.resolve(packageName);
    } catch {
      path = native.resolve(packageName);
    }
    await import(pathToFileURL(path).href);
    if (!(await tf.setBackend('tensorflow'))) throw new Error('its backend does not start');
    const kernels = nativeKernels();
    if (processor === 'refused' && !kernels.onGpu) throw new Error('it finds no GPU');
    return startedWith(kernels);
  };
}

function startedWith(kernels: Kernels): Started {
  return {
    automaton: (specification, settings) => new TensorAutomaton(specification, kernels, settings),
    kernels,
    device: kernels.onGpu ? 'a GPU' : 'the CPU',
    onGpu: kernels.onGpu,
  };
}

const LOADERS: Record<Backend['name'], Loader> = {
  webgpu: async (processor) => {
    const gpu = await openGpu({ software: processor === 'welcome' });
    return {
      automaton: (specification, settings) => new GpuAutomaton(gpu, specification, settings),
      kernels: null,
      device: gpu.description,
      onGpu: true,
    };
  },
  'tensorflow-gpu': loadNative('@tensorflow/tfjs-node-gpu'),
  cpu: () => {
    const addon = loadAddon();
    return Promise.resolve({
      automaton: (specification, settings) => new CpuAutomaton(addon, specification, settings),
      kernels: null,
      product: productOf(addon),
      device: 'the CPU',
      onGpu: false,
    });
  },
  tensorflow: loadNative('@tensorflow/tfjs-node'),
  wasm: async () => {
    await import('@tensorflow/tfjs-backend-wasm');
    if (!(await tf.setBackend('wasm'))) throw new Error('its backend does not start');
    return startedWith(wasmKernels());
  },
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

/** What `auto` tries: GPUs first, then whatever computes on the processor, the quickest first. */
const CANDIDATES: readonly (readonly [Backend['name'], 'welcome' | 'refused'])[] = [
  ['webgpu', 'refused'],
  ['tensorflow-gpu', 'refused'],
  ['cpu', 'welcome'],
  ['tensorflow-gpu', 'welcome'],
  ['tensorflow', 'welcome'],
  ['wasm', 'welcome'],
];

/**
 * Starts a backend in this thread. `auto` takes the first that loads of webgpu and tensorflow-gpu on a real GPU, cpu,
 * tensorflow-gpu, tensorflow and wasm.
 * @throws BackendError if the one asked for does not load
 */
export async function startBackend(asked: BackendName): Promise<Backend> {
  const candidates = asked === 'auto' ? CANDIDATES : [[asked, 'welcome'] as const];
  const refused: string[] = [];
  // Otherwise every tensor is searched for NaN, and unusual loads are reported on the terminal.
  tf.enableProdMode();
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
