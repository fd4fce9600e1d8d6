// Finds tfjs-core and the native backend from any working directory.
//
// The package is CommonJS in a folder of its own, and Node's `import` takes no
// folder paths, so both are required relative to a package.json.

import { createRequire } from 'node:module';

const fromHere = createRequire(import.meta.url);

/**
 * tfjs-core as the rest of the repository sees it, or this folder's own copy
 * where the repository's packages are not installed. Both share one engine.
 */
export function loadCore() {
  try {
    return createRequire(new URL('../../package.json', import.meta.url))('@tensorflow/tfjs-core');
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    return fromHere('@tensorflow/tfjs-core');
  }
}

/** Registers the backend 'tensorflow' with all gradients, and selects it. */
export function loadNative() {
  return fromHere('@tensorflow/tfjs-node-gpu');
}
