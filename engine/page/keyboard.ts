/** Every control by a key. Keys with a modifier are the browser's, but for undo, redo and those of the menu. */
import { VIEWS } from '../view/views.ts';
import type { Controls } from './controls.ts';
import type { PanelSwitch } from './panel-button.ts';
import type { PointerInput } from './pointer-input.ts';
import { stampSnapCells } from './painting/stamp-preview.ts';
import { resizeTool, TURN_PRESS_DEGREES, turnStamp } from './painting/tool-size.ts';
import { nextDamage, ZOOM_PRESS } from './toolbar.ts';

/** How far an arrow key moves the view, as a share of it. */
const PAN_PRESS = 0.12;

interface Others {
  readonly pointer: PointerInput;
  readonly panel: PanelSwitch;
}

export function connectKeyboard(controls: Controls, { pointer, panel }: Others): void {
  const { playground, attempt, menu } = controls;
  const { settings, camera } = playground;

  const middle = () => ({ x: camera.stage.width / 2, y: camera.stage.height / 2 });
  const pan = (x: number, y: number) => () =>
    camera.pan(-x * PAN_PRESS * camera.stage.width, -y * PAN_PRESS * camera.stage.height);
  const resize = (larger: boolean) => () => resizeTool(settings, larger);
  const nextView = (): void => {
    const next = (VIEWS.indexOf(settings.values.view) + 1) % VIEWS.length;
    settings.set({ view: VIEWS[next] });
  };

  const actions: Readonly<Record<string, () => void | Promise<void>>> = {
    p: () => settings.set({ paused: !settings.values.paused }),
    '.': () => playground.steps.forward(),
    ',': () => playground.steps.goTo(playground.travel.present - 1),
    b: () => settings.set({ tool: 'brush' }),
    e: () => settings.set({ tool: 'eraser' }),
    d: () => settings.set(nextDamage(settings.values)),
    Escape: () => settings.set({ tool: 'brush' }),
    '[': resize(false),
    ']': resize(true),
    '{': () => turnStamp(settings, -TURN_PRESS_DEGREES),
    '}': () => turnStamp(settings, TURN_PRESS_DEGREES),
    t: () => turnStamp(settings, TURN_PRESS_DEGREES),
    n: () => playground.editor.fillWithDigits(),
    c: () => playground.editor.clear(),
    r: () => playground.reset(),
    g: () => settings.set({ grid: !settings.values.grid }),
    v: nextView,
    f: () => camera.fit(),
    Home: () => camera.fit(),
    '+': () => camera.zoom(ZOOM_PRESS, middle()),
    '=': () => camera.zoom(ZOOM_PRESS, middle()),
    '-': () => camera.zoom(1 / ZOOM_PRESS, middle()),
    ArrowLeft: pan(-1, 0),
    ArrowRight: pan(1, 0),
    ArrowUp: pan(0, -1),
    ArrowDown: pan(0, 1),
    o: () => panel.toggle(),
    m: () => menu.toggle(),
  };

  /** Drops a digit where the pointer is, else in the middle of the view. */
  const stamp = (name: string): void => {
    const label = playground.simulation.model.specification.classes.findIndex((entry) => entry.name === name);
    const { stampScale, stampTurn } = settings.values;
    const position = pointer.hovered ?? camera.toCells(middle());
    const snapCells = stampSnapCells(camera, playground.simulation.layout);
    playground.editor.stamp(position, label, { scale: stampScale, turn: stampTurn }, snapCells);
  };

  const onModified = (event: KeyboardEvent): void => {
    const key = event.key.toLowerCase();
    const redoes = key === 'y' || (key === 'z' && event.shiftKey);
    const undoes = key === 'z' && !event.shiftKey;
    const work = redoes
      ? () => playground.editor.redo()
      : undoes
        ? () => playground.editor.undo()
        : menu.workOf(`Control+${key}`);
    if (event.altKey || !work) return;
    event.preventDefault();
    if (!event.repeat || redoes || undoes) attempt(work);
  };

  window.addEventListener('keydown', (event) => {
    if (isTyping(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) {
      onModified(event);
      return;
    }
    if (event.key === ' ') {
      // On a button the key presses the button.
      if (event.target instanceof HTMLButtonElement) return;
      event.preventDefault();
      if (!event.repeat) pointer.holdDrag(true);
      return;
    }
    const key = normalize(event.key);
    const action = /^[0-9]$/.test(key) ? () => stamp(key) : (actions[key] ?? menu.workOf(key));
    if (!action) return;
    event.preventDefault();
    attempt(action);
    pointer.refresh();
  });
  window.addEventListener('keyup', (event) => {
    if (event.key !== ' ' || isTyping(event) || event.target instanceof HTMLButtonElement) return;
    pointer.holdDrag(false);
    // Held to drag, the space bar moves the canvas; tapped, it stops and starts time.
    if (!pointer.dragged) attempt(() => settings.set({ paused: !settings.values.paused }));
  });
  window.addEventListener('blur', () => pointer.holdDrag(false));
}

function normalize(key: string): string {
  return key.length === 1 ? key.toLowerCase() : key;
}

/** Keys that move a slider. */
const SLIDER_KEYS = /^(Arrow|Page|Home|End)/;

/** Whether the key belongs to a field that has the focus. */
function isTyping({ target, key }: KeyboardEvent): boolean {
  if (target instanceof HTMLInputElement && target.type === 'range') return SLIDER_KEYS.test(key);
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}
