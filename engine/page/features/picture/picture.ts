/** Lets the user choose what the colours of the picture show. */
import { VIEWS } from '../../../view/views.ts';
import { elementById } from '../../shell/elements.ts';
import type { Feature } from '../../shell/feature.ts';

export const picture: Feature = {
  scope: 'controls',
  connect({ playground: { settings }, attempt }) {
    const view = elementById('view', HTMLSelectElement);
    view.addEventListener('change', () => attempt(() => settings.set({ view: view.value })));
    const show = (): void => {
      view.value = settings.values.view;
    };
    settings.events.on('change', show);
    show();
    return {
      keys: {
        v: () => settings.set({ view: VIEWS[(VIEWS.indexOf(settings.values.view) + 1) % VIEWS.length] }),
        g: () => settings.set({ grid: !settings.values.grid }),
      },
    };
  },
};
