/** The WASM backend in a worker of a page. */
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type { AutomatonMaker } from '../rollout/automaton.ts';
import { TensorAutomaton } from '../rollout/rollout.ts';
import { wasmKernels } from './wasm-kernels.ts';

/**
 * Starts the backend in this worker.
 * @throws Error if WebAssembly is missing, or its file cannot be loaded
 */
export async function startBrowserWasm(): Promise<AutomatonMaker> {
  tf.enableProdMode();
  // A build with threads of its own would share each small product; here the threads share the samples.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain,
    'tfjs-backend-wasm-simd.wasm': simd,
    'tfjs-backend-wasm-threaded-simd.wasm': simd,
  });
  if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly does not start here.');
  const kernels = wasmKernels();
  return (specification, settings) => new TensorAutomaton(specification, kernels, settings);
}
