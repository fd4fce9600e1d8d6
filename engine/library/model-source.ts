import { decodeModelFile } from '../common/model/file.ts';
import { ModelError } from '../common/model/model-error.ts';
import type { Model } from '../common/model/weights.ts';
import { fetchBytes, FetchError } from '../core/fetch-bytes.ts';

/** A baked model: the address of its file, or the file's bytes. */
export type ModelSource = string | URL | Uint8Array | ArrayBuffer;

/**
 * @internal
 * @throws ModelError if the file cannot be fetched or contains no model that this engine knows
 */
export async function loadModel(source: ModelSource): Promise<Model> {
  if (source instanceof ArrayBuffer) return decodeModelFile(new Uint8Array(source));
  if (source instanceof Uint8Array) return decodeModelFile(source);
  try {
    return decodeModelFile(await fetchBytes(source));
  } catch (error) {
    if (error instanceof FetchError) throw new ModelError(`The model ${error.message}`);
    throw error;
  }
}
