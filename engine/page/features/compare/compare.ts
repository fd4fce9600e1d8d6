/** Switches between one model and two side by side. The bars over the panes are loaded when they are first needed. */
import type { Feature } from '../../shell/feature.ts';
import { lazily } from '../../shell/lazily.ts';
import { loadPart } from '../../shell/load-part.ts';

export const compare: Feature = {
  scope: 'controls',
  connect(page) {
    const { playground, library } = page;
    const loadBars = lazily(async () => {
      const { PaneBars } = await loadPart(() => import('./pane-bars.ts'));
      return new PaneBars(page);
    });
    const isOn = (): boolean => playground.simulations.length > 1;
    const toggle = async (): Promise<void> => {
      if (isOn()) {
        await playground.models.compareWith(null);
        return;
      }
      await loadBars();
      const own = playground.simulation.model.specification.name;
      const other = library.entries.find(({ name }) => name !== own) ?? library.entries[0];
      await playground.models.compareWith(await library.load(other.name));
    };
    const label = { en: 'Two models side by side', de: 'Zwei Modelle nebeneinander' }[page.language];
    return { menu: [{ id: 'compare', group: 'look', label, key: 'k', work: toggle, isOn }] };
  },
};
