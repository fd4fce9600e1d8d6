/** The one bar of buttons. */
import { VIEWS } from '../view/views.ts';
import type { Controls } from './controls.ts';
import { elementById, makeElement } from './elements.ts';
import { type SettingValues, STAMP_SCALE } from '../session/settings.ts';
import type { Texts } from './texts/index.ts';

/** How much one press of a zoom button or key changes. */
export const ZOOM_PRESS = 1.5;

/** Larger brushes are reached by keys and the panel; here small ones are set finely. */
const BRUSH_SLIDER = { low: 0.5, high: 6, notch: 0.1 };

/** Names every control in the user's language. */
export function nameControls(texts: Texts): void {
  elementById('toolbar', HTMLElement).setAttribute('aria-label', texts.controls.toolbar);
  for (const element of document.querySelectorAll('[data-control]')) {
    nameControl(element, texts.controls[element.getAttribute('data-control') as 'play']);
  }
  const view = elementById('view', HTMLSelectElement);
  for (const name of VIEWS) {
    const option = makeElement('option', '', texts.views[name]);
    option.value = name;
    view.append(option);
  }
}

/** Ties every control to what it does. */
export function connectToolbar({ playground, texts, attempt }: Controls): void {
  const { settings, editor, camera } = playground;
  const button = (id: string): HTMLButtonElement => elementById(id, HTMLButtonElement);
  const onClick = (id: string, work: () => void | Promise<void>): void => {
    button(id).addEventListener('click', () => attempt(work));
  };
  onClick('play', () => settings.set({ paused: !settings.values.paused }));
  onClick('step', () => playground.steps.forward());
  onClick('undo', () => editor.undo());
  onClick('redo', () => editor.redo());
  onClick('fill', () => editor.fillWithDigits());
  onClick('clear', () => editor.clear());
  const middle = () => ({ x: camera.stage.width / 2, y: camera.stage.height / 2 });
  onClick('zoom-in', () => camera.zoom(ZOOM_PRESS, middle()));
  onClick('zoom-out', () => camera.zoom(1 / ZOOM_PRESS, middle()));
  onClick('fit', () => camera.fit());
  onClick('brush', () => settings.set({ tool: 'brush' }));
  onClick('eraser', () => settings.set({ tool: 'eraser' }));
  onClick('damage', () => settings.set(nextDamage(settings.values)));

  const radius = elementById('radius', HTMLInputElement);
  radius.addEventListener('input', () => {
    const size = radius.valueAsNumber;
    attempt(() => settings.set(settings.values.tool === 'stamp' ? { stampScale: size } : { brushRadius: size }));
  });

  const view = elementById('view', HTMLSelectElement);
  view.addEventListener('change', () => attempt(() => settings.set({ view: view.value })));

  const show = (values: Readonly<SettingValues>): void => {
    document.body.classList.toggle('paused', values.paused);
    nameControl(button('play'), values.paused ? texts.controls.play : texts.controls.pause);
    for (const tool of ['brush', 'eraser', 'damage']) {
      button(tool).setAttribute('aria-pressed', String(values.tool === tool));
    }
    const kills = values.damageMode === 'kill';
    button('damage').classList.toggle('kills', kills);
    nameControl(button('damage'), kills ? texts.controls.kill : texts.controls.damage);
    showSize(radius, values, texts);
    view.value = values.view;
  };
  const showHistory = (): void => {
    button('undo').disabled = !editor.canUndo;
    button('redo').disabled = !editor.canRedo;
  };
  settings.events.on('change', () => show(settings.values));
  editor.events.on('history', showHistory);
  show(settings.values);
  showHistory();
}

/** The slider sets the size of what is in the hand. */
function showSize(slider: HTMLInputElement, values: Readonly<SettingValues>, { controls }: Texts): void {
  const isStamp = values.tool === 'stamp';
  const { low, high, notch } = isStamp ? STAMP_SCALE : BRUSH_SLIDER;
  slider.min = String(low);
  slider.max = String(high);
  slider.step = String(notch);
  slider.valueAsNumber = isStamp ? values.stampScale : values.brushRadius;
  nameControl(slider, isStamp ? controls.stampScale : controls.radius);
}

/** What a press of the damage tool's button or key sets: it takes the tool up, or changes what the tool does. */
export function nextDamage({ tool, damageMode }: Readonly<SettingValues>): Partial<SettingValues> {
  return tool === 'damage' ? { damageMode: damageMode === 'wipe' ? 'kill' : 'wipe' } : { tool: 'damage' };
}

function nameControl(element: Element, text: { label: string; hint: string }): void {
  element.setAttribute('aria-label', text.label);
  element.setAttribute('title', text.hint);
}
