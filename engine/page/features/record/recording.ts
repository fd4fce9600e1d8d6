/** Saves the canvas as a picture or a film. The code for that is loaded when it is first needed. */
import type { Feature } from '../../shell/feature.ts';
import { lazily } from '../../shell/lazily.ts';
import { loadPart } from '../../shell/load-part.ts';

export const record: Feature = {
  scope: 'controls',
  connect(page) {
    const labels = {
      en: { picture: 'Save a picture (PNG)', film: 'Record a film or GIF …' },
      de: { picture: 'Bild speichern (PNG)', film: 'Film oder GIF aufnehmen …' },
    }[page.language];
    const loadDialog = lazily(async () => {
      const { RecordDialog } = await loadPart(() => import('./record-dialog.ts'));
      return new RecordDialog(page);
    });
    return {
      menu: [
        {
          id: 'save-picture',
          group: 'take',
          label: labels.picture,
          work: async () => (await loadPart(() => import('./save-picture.ts'))).savePicture(page),
        },
        { id: 'record', group: 'take', label: labels.film, work: async () => (await loadDialog()).open() },
      ],
    };
  },
};
