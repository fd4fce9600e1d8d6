/** The menu's entry for looking closely at a digit and a cell; what it shows is fetched when it is first wanted. */
import type { Controls } from '../../shell/controls.ts';
import { loadPart } from '../../shell/load-part.ts';
import type { PointerInput } from '../../shell/pointer/pointer-input.ts';
import type { Tool } from '../../../session/settings.ts';
import type { Inspection } from './inspection.ts';

export function connectInspector(controls: Controls, pointer: PointerInput): void {
  const { menu, playground, texts, attempt } = controls;
  const { settings } = playground;
  let loading: Promise<Inspection> | null = null;
  let isOpen = false;
  /** What the hand held before. */
  let before: Tool = 'brush';

  const load = async (): Promise<Inspection> => {
    const { Inspection } = await loadPart(() => import('./inspection.ts'));
    return new Inspection(controls, close);
  };
  const open = async (): Promise<void> => {
    isOpen = true;
    const { tool } = settings.values;
    if (tool !== 'inspect') before = tool;
    settings.set({ tool: 'inspect' });
    loading ??= load();
    const inspection = await loading.catch((error: unknown) => {
      // The next press tries again.
      loading = null;
      isOpen = false;
      throw error;
    });
    inspection.open(pointer.hovered);
  };
  const close = (): void => {
    isOpen = false;
    if (settings.values.tool === 'inspect') settings.set({ tool: before });
    void loading?.then((inspection) => inspection.close());
  };
  const toggle = (): void | Promise<void> => (isOpen ? close() : open());

  menu.add({ id: 'inspect', group: 'look', label: texts.inspector.open, key: 'i', work: toggle, isOn: () => isOpen });
  // The tool can be taken up from the panel or by a script as well.
  settings.events.on('change', () => {
    if (settings.values.tool === 'inspect' && !isOpen) attempt(open);
  });
}
