/** Taking the canvas along: as a picture, as a film. What it needs is fetched when it is first wanted. */
import type { Controls } from '../../shell/controls.ts';
import { loadPart } from '../../shell/load-part.ts';
import type { RecordDialog } from './record-dialog.ts';

export function connectTake(controls: Controls): void {
  const { menu, notices, texts, playground } = controls;
  menu.add({
    id: 'save-picture',
    group: 'take',
    label: texts.take.savePicture,
    work: async () => {
      const { savePicture } = await loadPart(() => import('./save-picture.ts'));
      const { width, height } = await savePicture(playground);
      notices.show(texts.take.pictureSaved(width, height));
    },
  });
  let dialog: RecordDialog | null = null;
  menu.add({
    id: 'record',
    group: 'take',
    label: texts.take.record,
    work: async () => {
      const { RecordDialog } = await loadPart(() => import('./record-dialog.ts'));
      dialog ??= new RecordDialog(controls);
      await dialog.open();
    },
  });
}
