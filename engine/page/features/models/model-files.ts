import type { Controls } from '../../shell/controls.ts';
import { MOST_MODEL_BYTES } from '../../shell/models.ts';
import { type FileKind, hasSuffix } from '../../shell/files/file-kind.ts';

/** Baked models. */
export function modelFiles({ playground, texts, useModelFile }: Controls): FileKind {
  const accept = ['.ktx2'];
  return {
    accept,
    mostBytes: MOST_MODEL_BYTES,
    recognizes: (file) => hasSuffix(file, accept),
    replaces: ['model'],
    takesSeveral: false,
    take: async ([file], signal) => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      signal.throwIfAborted();
      await useModelFile(bytes);
      return texts.files.modelLoaded(playground.simulation.model.specification.name);
    },
  };
}
