/** The menu's entry for two models side by side; the names over the panes are fetched when they are first wanted. */
import type { Controls } from '../controls.ts';
import { loadPart } from '../load-part.ts';
import type { PaneBars } from './pane-bars.ts';

export function connectCompare(controls: Controls): void {
  const { menu, playground, library, texts } = controls;
  let loading: Promise<PaneBars> | null = null;

  const load = async (): Promise<PaneBars> => {
    const { PaneBars } = await loadPart(() => import('./pane-bars.ts'));
    return new PaneBars(controls);
  };
  const toggle = async (): Promise<void> => {
    if (playground.simulations.length > 1) {
      await playground.models.compareWith(null);
      return;
    }
    loading ??= load();
    await loading.catch((error: unknown) => {
      // The next press tries again.
      loading = null;
      throw error;
    });
    const own = playground.simulation.model.specification.name;
    const other = library.entries.find(({ name }) => name !== own) ?? library.entries[0];
    await playground.models.compareWith(await library.load(other.name));
  };
  menu.add({
    id: 'compare',
    group: 'look',
    label: texts.compare.open,
    key: 'k',
    work: toggle,
    isOn: () => playground.simulations.length > 1,
  });
}
