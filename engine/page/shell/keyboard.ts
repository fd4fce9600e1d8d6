/** Runs the action of a key. Keys with a modifier are left to the browser, unless a feature claims them. */
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
    // Holding a key down undoes repeatedly, but saves only one file.
    if (!event.repeat || keys.has(name)) attempt(work);
  };

  window.addEventListener('keydown', (event) => {
    if (isTyping(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) {
      onModified(event);
      return;
    }
    if (event.key === ' ') {
      // If a button has the focus, the key presses the button.
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
    // Holding the space bar while dragging moves the canvas. Tapping it pauses or resumes time.
    if (!pointer.dragged) attempt(() => settings.set({ paused: !settings.values.paused }));
  });
  window.addEventListener('blur', () => pointer.holdDrag(false));
}

/** The keys that move a slider. */
const SLIDER_KEYS = /^(Arrow|Page|Home|End)/;

/** Whether the key belongs to a field that has the focus. */
function isTyping({ target, key }: KeyboardEvent): boolean {
  if (target instanceof HTMLInputElement && target.type === 'range') return SLIDER_KEYS.test(key);
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}
