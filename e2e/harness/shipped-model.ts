import { decodeModelFile } from '../../engine/common/model/file.ts';
import type { Model } from '../../engine/common/model/weights.ts';

/** A model under `assets/`, in the workbench. */
export async function shippedModel(name: string): Promise<Model> {
  const response = await fetch(`/assets/${name}.ktx2`);
  return decodeModelFile(new Uint8Array(await response.arrayBuffer()));
}
