import type { Controls } from '../controls.ts';
import { MOST_MODEL_BYTES } from '../models.ts';
import { type FileKind, hasSuffix } from './file-kind.ts';

/** Baked models: of several, the last one runs. */
export function modelFiles({ playground, texts, useModelFile }: Controls): FileKind {
  const accept = ['.ktx2'];
  return {
    accept,
    mostBytes: MOST_MODEL_BYTES,
    recognizes: (file) => hasSuffix(file, accept),
    take: async (files) => {
      for (const file of files) await useModelFile(new Uint8Array(await file.arrayBuffer()));
      return texts.files.modelLoaded(playground.simulation.model.specification.name);
    },
  };
}
