/** Opens and closes the panel of all settings, which is loaded when it is first needed. */
import { elementById } from '../../shell/elements.ts';
import type { Feature } from '../../shell/feature.ts';
import { lazily } from '../../shell/lazily.ts';
import { loadPart } from '../../shell/load-part.ts';

export const panel: Feature = {
  scope: 'controls',
  connect(page) {
    const holder = elementById('panel', HTMLElement);
    const button = elementById('open-panel', HTMLButtonElement);
    const build = lazily(async () => {
      const { buildPanel } = await loadPart(() => import('./panel.ts'));
      buildPanel(holder, page);
    });
    const toggle = async (): Promise<void> => {
      await build();
      holder.hidden = !holder.hidden;
      button.setAttribute('aria-expanded', String(!holder.hidden));
      if (holder.hidden) button.focus();
    };
    button.addEventListener('click', () => page.attempt(toggle));
    // Listens in the capture phase, because the panel stops key events of its fields.
    holder.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Escape') page.attempt(toggle);
      },
      { capture: true },
    );
    return { keys: { o: toggle } };
  },
};
