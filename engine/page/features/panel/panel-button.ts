/** The button that unfolds the panel of all settings; the panel itself is fetched when it is first wanted. */
import type { Controls } from '../../shell/controls.ts';
import { elementById } from '../../shell/elements.ts';
import { loadPart } from '../../shell/load-part.ts';

export interface PanelSwitch {
  toggle(): void;
}

export function connectPanel(controls: Controls): PanelSwitch {
  const holder = elementById('panel', HTMLElement);
  const button = elementById('open-panel', HTMLButtonElement);
  let built: Promise<void> | null = null;

  const build = async (): Promise<void> => {
    const { buildPanel } = await loadPart(() => import('./panel.ts'));
    buildPanel(holder, controls);
  };
  const toggle = (): void => {
    controls.attempt(async () => {
      built ??= build();
      await built.catch((error: unknown) => {
        // The next press tries again.
        built = null;
        throw error;
      });
      holder.hidden = !holder.hidden;
      button.setAttribute('aria-expanded', String(!holder.hidden));
      if (holder.hidden) button.focus();
    });
  };
  button.addEventListener('click', toggle);
  // Captured, because the panel keeps its fields' keys to itself.
  holder.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Escape') toggle();
    },
    { capture: true },
  );
  return { toggle };
}
