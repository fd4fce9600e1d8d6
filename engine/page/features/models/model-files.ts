import type { Feature, Page } from '../../shell/feature.ts';
import { MOST_MODEL_BYTES } from '../../shell/models.ts';
import { type FileKind, hasSuffix } from '../../shell/files/file-kind.ts';

/** The format that `bake` writes. */
const ACCEPT = ['.ktx2'];

function modelFile({ playground, texts, useModelFile }: Page): FileKind {
  return {
    accept: ACCEPT,
    mostBytes: MOST_MODEL_BYTES,
    recognizes: (file) => hasSuffix(file, ACCEPT),
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

/** Opens baked models. */
export const modelFiles: Feature = { scope: 'page', connect: (page) => ({ files: [modelFile(page)] }) };
