/** Files dropped on the page: a model runs at once, everything else is refused by name and reason. */
import type { Controls } from './controls.ts';
import { MOST_MODEL_BYTES, reasonOf } from './models.ts';

export function acceptFiles({ playground, texts, notices, useModelFile }: Controls): void {
  const take = async (file: File): Promise<void> => {
    try {
      if (!file.name.toLowerCase().endsWith('.ktx2')) throw new Error(texts.notices.fileUnknown);
      if (file.size > MOST_MODEL_BYTES) throw new Error(texts.notices.fileTooLarge);
      await useModelFile(new Uint8Array(await file.arrayBuffer()));
      notices.show(texts.notices.modelLoaded(playground.simulation.model.specification.name));
    } catch (error) {
      const name = file.name.length > 60 ? `${file.name.slice(0, 60)}…` : file.name;
      notices.show(texts.notices.fileRefused(name, reasonOf(error)), { kind: 'error' });
    }
  };
  const mark = (dropping: boolean): void => {
    document.body.classList.toggle('dropping', dropping);
  };
  document.addEventListener('dragover', (event) => {
    // Without this the browser would leave the page for the file.
    event.preventDefault();
    mark(true);
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) mark(false);
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    mark(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    void files.reduce((before, file) => before.then(() => take(file)), Promise.resolve());
  });
}
