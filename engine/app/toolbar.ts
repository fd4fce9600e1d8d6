/** The one bar of buttons. */
import { VIEWS } from '../view/views.ts';
import type { Controls } from './controls.ts';
import { elementById, makeElement } from './elements.ts';
import type { SettingValues } from './settings.ts';
import type { Texts } from './texts/index.ts';

/** How much one press of a zoom button or key changes. */
export const ZOOM_PRESS = 1.5;

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
  onClick('step', () => playground.step(1));
  onClick('undo', () => editor.undo());
  onClick('redo', () => editor.redo());
  onClick('fill', () => editor.fillWithDigits());
  onClick('clear', () => editor.clear());
  const middle = () => ({ x: camera.stage.width / 2, y: camera.stage.height / 2 });
  onClick('zoom-in', () => camera.zoom(ZOOM_PRESS, middle()));
  onClick('zoom-out', () => camera.zoom(1 / ZOOM_PRESS, middle()));
  onClick('fit', () => camera.fit());
  for (const tool of ['brush', 'eraser', 'damage'] as const) onClick(tool, () => settings.set({ tool }));

  const radius = elementById('radius', HTMLInputElement);
  radius.addEventListener('input', () => attempt(() => settings.set({ brushRadius: radius.valueAsNumber })));

  const view = elementById('view', HTMLSelectElement);
  view.addEventListener('change', () => attempt(() => settings.set({ view: view.value })));

  const show = (values: Readonly<SettingValues>): void => {
    document.body.classList.toggle('paused', values.paused);
    nameControl(button('play'), values.paused ? texts.controls.play : texts.controls.pause);
    for (const tool of ['brush', 'eraser', 'damage']) {
      button(tool).setAttribute('aria-pressed', String(values.tool === tool));
    }
    radius.valueAsNumber = values.brushRadius;
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

function nameControl(element: Element, text: { label: string; hint: string }): void {
  element.setAttribute('aria-label', text.label);
  element.setAttribute('title', text.hint);
}
