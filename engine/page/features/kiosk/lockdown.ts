/** Keeps guests on the page, as far as a page can; the browser's own flags do the rest. */

/** Events whose default action leaves the exhibit or selects something on it. */
const REFUSED_EVENTS = [
  'contextmenu',
  'selectstart',
  'dragstart',
  'dragover',
  'drop',
  'copy',
  'cut',
  'paste',
  'gesturestart',
  'gesturechange',
  'gestureend',
  'auxclick',
] as const;

/** The keys that a guest with a keyboard needs to reach the buttons. */
const ALLOWED_KEYS = new Set(['Tab', 'Enter', ' ']);

/** Back, forward, and the middle button, which scrolls. */
const REFUSED_BUTTONS = new Set([1, 3, 4]);

/** Blocks every way to leave the page from now on. */
export function lockDown(): void {
  const options = { capture: true, passive: false };
  const refuse = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  for (const name of REFUSED_EVENTS) window.addEventListener(name, refuse, options);
  for (const name of ['keydown', 'keyup', 'keypress'] as const) {
    window.addEventListener(
      name,
      (event) => {
        const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
        if (!plain || !ALLOWED_KEYS.has(event.key)) refuse(event);
      },
      options,
    );
  }
  window.addEventListener(
    'wheel',
    (event) => {
      // This makes the browser zoom the page, also with two fingers on a touchpad.
      if (event.ctrlKey || event.metaKey) refuse(event);
    },
    options,
  );
  for (const name of ['touchstart', 'touchmove'] as const) {
    window.addEventListener(
      name,
      (event) => {
        if (event.touches.length > 1 && event.cancelable) event.preventDefault();
      },
      options,
    );
  }
  for (const name of ['pointerdown', 'mousedown', 'mouseup'] as const) {
    window.addEventListener(
      name,
      (event) => {
        if (REFUSED_BUTTONS.has(event.button)) refuse(event);
      },
      options,
    );
  }
  holdHistory();
}

/**
 * Makes going back lead to the same page. Browsers skip history entries that were added without a touch, so another one
 * is added at the first touch after going back.
 */
function holdHistory(): void {
  let isHeld = false;
  const hold = (): void => {
    history.pushState({ kiosk: true }, '');
  };
  hold();
  window.addEventListener('popstate', () => {
    isHeld = false;
    hold();
  });
  window.addEventListener(
    'pointerup',
    () => {
      if (!isHeld) hold();
      isHeld = true;
    },
    { capture: true },
  );
}
