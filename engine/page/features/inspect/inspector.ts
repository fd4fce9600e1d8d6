/**
 * Switches the inspector tool on and off, which shows details of a digit and a cell. Its card is loaded when it is
 * first needed.
 */
import type { Tool } from '../../../session/settings.ts';
import type { Feature } from '../../shell/feature.ts';
import { lazily } from '../../shell/lazily.ts';
import { loadPart } from '../../shell/load-part.ts';
import type { Inspection } from './inspection.ts';

export const inspect: Feature = {
  scope: 'controls',
  connect(page) {
    const { playground, pointer, attempt } = page;
    const { settings } = playground;
    let inspection: Inspection | null = null;
    let isOpen = false;
    /** The tool that was selected before. */
    let before: Tool = 'brush';

    const load = lazily(async () => {
      const { Inspection } = await loadPart(() => import('./inspection.ts'));
      return new Inspection(page, close);
    });
    const open = async (): Promise<void> => {
      isOpen = true;
      const { tool } = settings.values;
      if (tool !== 'inspect') before = tool;
      settings.set({ tool: 'inspect' });
      try {
        inspection = await load();
      } catch (error) {
        isOpen = false;
        throw error;
      }
      // The card may have been closed while it was loading.
      if (isOpen) inspection.open(pointer.hovered);
    };
    const close = (): void => {
      isOpen = false;
      if (settings.values.tool === 'inspect') settings.set({ tool: before });
      inspection?.close();
    };
    // The tool can also be selected in the panel or by a script.
    settings.events.on('change', () => {
      if (settings.values.tool === 'inspect' && !isOpen) attempt(open);
    });
    const toggle = (): void | Promise<void> => (isOpen ? close() : open());
    const label = { en: 'Look at a cell', de: 'Eine Zelle ansehen' }[page.language];
    return { menu: [{ id: 'inspect', group: 'look', label, key: 'i', work: toggle, isOn: () => isOpen }] };
  },
};
