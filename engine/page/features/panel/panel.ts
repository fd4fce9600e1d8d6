/** The panel of all settings, built from the table of settings with lil-gui. */
import GUI from 'lil-gui';
import lilGuiStyles from '../../../../node_modules/lil-gui/dist/lil-gui.css?raw';
import { PROGRAMS, strategyName } from '../../../automaton/programs/strategies.ts';
import './panel.css';
import type { Page } from '../../shell/feature.ts';
import { showDevice } from './panel-device.ts';
import type { SettingName, SettingValues } from '../../../session/settings.ts';
import { VIEW_NAMES } from '../../shell/texts/view-names.ts';
import { TEXTS } from './texts.ts';

const AUTOMATON: readonly SettingName[] = ['paused', 'stepsPerSecond', 'dropout', 'noise', 'firing'];
const DEVICE: readonly SettingName[] = ['strategy', 'adapt'];
const PICTURE: readonly SettingName[] = [
  'view',
  'palette',
  'hueShift',
  'channel',
  'channelGreen',
  'channelBlue',
  'grid',
];
const PEN: readonly SettingName[] = ['tool', 'brushRadius', 'damageMode', 'stamp', 'stampScale', 'stampTurn'];

export function buildPanel(holder: HTMLElement, page: Page): void {
  const { playground, library, language, attempt } = page;
  const texts = TEXTS[language];
  const { settings, simulation, events } = playground;
  adoptStyles();
  const gui = new GUI({ container: holder, title: texts.title, injectStyles: false });
  const shown: SettingValues & { model: string } = {
    ...settings.values,
    model: simulation.model.specification.name,
  };

  const automaton = gui.addFolder(texts.automaton);
  const modelChoices = () => Object.fromEntries(library.choices.map(({ title, name }) => [title, name]));
  const model = automaton.add(shown, 'model', modelChoices()).name(texts.model);
  model.onChange((name: string) => attempt(() => page.useModelNamed(name)));
  let listed = library.choices.length;
  addSettings(automaton, AUTOMATON, shown, page);
  const actions = {
    step: () => attempt(() => playground.steps.run(1)),
    reset: () => attempt(() => playground.reset()),
  };
  automaton.add(actions, 'step').name(texts.step);
  automaton.add(actions, 'reset').name(texts.reset);
  addSettings(gui.addFolder(texts.picture), PICTURE, shown, page);
  addSettings(gui.addFolder(texts.pen), PEN, shown, page);
  const device = gui.addFolder(texts.device);
  addSettings(device, DEVICE, shown, page);
  showDevice(device, holder, page);

  const refresh = (): void => {
    if (library.choices.length !== listed) {
      listed = library.choices.length;
      model.options(modelChoices());
    }
    Object.assign(shown, settings.values, { model: simulation.model.specification.name });
    for (const controller of gui.controllersRecursive()) {
      if (!(controller.property in shown)) continue;
      const definition = settings.definition(controller.property as SettingName);
      if (definition?.kind === 'number') controller.max(definition.high);
      controller.updateDisplay();
    }
  };
  settings.events.on('change', refresh);
  events.on('model', refresh);
}

/**
 * Adds lil-gui's own styles. lil-gui would use a style element, which the page's policy forbids. The policy also
 * forbids the font that the styles contain as a data: address.
 */
function adoptStyles(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(lilGuiStyles.replace(/@font-face\s*\{[^}]*\}/g, ''));
  document.adoptedStyleSheets.push(sheet);
}

function addSettings(
  folder: GUI,
  names: readonly SettingName[],
  shown: SettingValues,
  { playground, language, attempt, texts: { palettes } }: Page,
): void {
  const texts = TEXTS[language];
  const { settings } = playground;
  const labels: Partial<Record<SettingName, Record<string, string>>> = {
    firing: texts.firings,
    strategy: strategyLabels(texts),
    palette: palettes,
    view: VIEW_NAMES[language],
    tool: texts.tools,
    damageMode: texts.damageModes,
  };
  for (const name of names) {
    const definition = settings.definition(name);
    const title = texts[name];
    const change = (value: unknown): void => attempt(() => settings.set({ [name]: value }));
    if (definition.kind === 'number') {
      folder.add(shown, name, definition.low, definition.high, definition.notch).name(title).onChange(change);
    } else if (definition.kind === 'choice') {
      const options = Object.fromEntries(
        definition.options.map((option) => [labels[name]?.[option] ?? option, option]),
      );
      folder.add(shown, name, options).name(title).onChange(change);
    } else {
      folder.add(shown, name).name(title).onChange(change);
    }
  }
}

/** Returns the label of each strategy: the program, followed by a word for the format of the state. */
function strategyLabels({ strategies, halfFloats }: (typeof TEXTS)['en']): Record<string, string> {
  const halved = PROGRAMS.map((program): [string, string] => [
    strategyName(program, true),
    `${strategies[program]}, ${halfFloats}`,
  ]);
  return { ...strategies, ...Object.fromEntries(halved) };
}
