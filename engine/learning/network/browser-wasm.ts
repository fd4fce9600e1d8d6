/** The WebAssembly kernels in a worker of a page. */
import type { MatrixProduct } from '../loop/eigenbasis.ts';
import type { AutomatonMaker } from '../rollout/automaton.ts';
import { NetworkAutomaton } from './network-automaton.ts';
import file from './network.wasm?url';
import { startWasmKernels } from './wasm-kernels.ts';

/**
 * Starts the kernels in this worker.
 * @throws Error if the file cannot be loaded, or this browser does not compile it
 */
export async function startBrowserWasm(): Promise<{ automaton: AutomatonMaker; product: MatrixProduct }> {
  const answer = await fetch(file);
  if (!answer.ok) throw new Error(`The WebAssembly of learning cannot be loaded (${answer.status}).`);
  const kernels = await startWasmKernels(await answer.arrayBuffer());
  return {
    automaton: (specification, settings) => new NetworkAutomaton(kernels, specification, settings),
    product: kernels.multiply,
  };
}
