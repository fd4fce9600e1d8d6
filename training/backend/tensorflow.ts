/** TensorFlow by TensorFlow.js's addon for Node. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import type { Processor, Started } from './started.ts';
import { nativeKernels } from './native-kernels.ts';
import { TensorAutomaton } from './tensor-automaton.ts';

const requireFromHere = createRequire(import.meta.url);

/**
 * Loads an addon that is installed for the project or built under `training/native`.
 * @throws an error with the code MODULE_NOT_FOUND if it is neither, or what the addon throws
 */
export async function startTensorFlow(packageName: string, processor: Processor): Promise<Started> {
  // Otherwise every tensor is searched for NaN, and unusual loads are reported on the terminal.
  tf.enableProdMode();
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
  return {
    automaton: (specification, settings) => new TensorAutomaton(specification, kernels, settings),
    device: kernels.onGpu ? 'a GPU' : 'the CPU',
    onGpu: kernels.onGpu,
  };
}
