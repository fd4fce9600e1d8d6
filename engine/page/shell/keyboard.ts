/** Runs what a key does. Keys with a modifier are the browser's, except those that a feature claims. */
import type { Page } from './feature.ts';
import type { Menu } from './menu.ts';
import type { Work } from './work.ts';

export function connectKeyboard(
  { playground, attempt, pointer }: Page,
  keys: ReadonlyMap<string, Work>,
  menu: Menu,
): void {
  const { settings } = playground;

  const onModified = (event: KeyboardEvent): void => {
    const name = `Control+${event.shiftKey ? 'Shift+' : ''}${event.key.toLowerCase()}`;
    const work = keys.get(name) ?? menu.workOf(name);
    if (event.altKey || !work) return;
    event.preventDefault();
    // A key that is held down undoes again and again, but saves one file.
    if (!event.repeat || keys.has(name)) attempt(work);
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
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const work = keys.get(name) ?? menu.workOf(name);
    if (!work) return;
    event.preventDefault();
    attempt(work);
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

/** Keys that move a slider. */
const SLIDER_KEYS = /^(Arrow|Page|Home|End)/;

/** Whether the key belongs to a field that has the focus. */
function isTyping({ target, key }: KeyboardEvent): boolean {
  if (target instanceof HTMLInputElement && target.type === 'range') return SLIDER_KEYS.test(key);
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}
