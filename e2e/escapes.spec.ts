/**
 * Guests who try to get off the exhibit, with real input wherever a browser takes it from a test.
 */
import type { CDPSession, Page } from '@playwright/test';
import { type DigitsPage, expect, test } from './fixtures.ts';

/** Keys that would do something of the browser's: close, open, print, save, search, zoom, go back, show its tools … */
const KEYS = [
  ...'W T N R P S O F J U A D G H K L E B'.split(' ').map((letter) => `Control+Key${letter}`),
  ...'I J C N T R B D P W'.split(' ').map((letter) => `Control+Shift+Key${letter}`),
  ...['Equal', 'Minus', 'Digit0', 'Digit1', 'Tab', 'PageUp', 'Enter', 'F4', 'F5'].map((key) => `Control+${key}`),
  ...['ArrowLeft', 'ArrowRight', 'Home', 'F4', 'KeyD', 'KeyF', 'Enter', 'Space'].map((key) => `Alt+${key}`),
  ...Array.from({ length: 12 }, (_, index) => `F${index + 1}`),
  ...['Shift+F10', 'Shift+Escape', 'Shift+Insert', 'Meta+KeyL', 'Meta+ArrowLeft'],
  ...['Escape', 'Backspace', 'ContextMenu', 'PrintScreen', 'Quote', 'Slash', 'PageDown', 'End'],
];

/** Whatever of this the page leaves to the browser leads off it, or marks, moves or magnifies it. */
const WATCHED = [
  ...['contextmenu', 'selectstart', 'dragstart', 'dragover', 'drop', 'copy', 'cut', 'paste', 'auxclick'],
  ...['keydown', 'wheel', 'beforeprint', 'gesturestart', 'gesturechange', 'gestureend'],
] as const;

test.use({ hasTouch: true });

/** Opens the exhibit as a guest finds it who has just touched it, with an address before it to go back to. */
async function openAsGuest(digits: DigitsPage): Promise<void> {
  const { page } = digits;
  await page.goto('about:blank');
  // Before anything of the page, so that it hears what the page keeps from all others.
  await page.addInitScript((names) => {
    const heard: Event[] = [];
    for (const name of names) window.addEventListener(name, (event) => heard.push(event), { capture: true });
    Object.assign(window, {
      heardEvents: () => heard.splice(0).map(({ type, defaultPrevented }) => ({ type, defaultPrevented })),
    });
  }, WATCHED);
  const settings = {
    canvas: { columns: 3, rows: 2 },
    stepsPerSecond: 5,
    idleSeconds: 3600,
    scenes: [{ kind: 'rest', seconds: 3600 }],
  };
  await page.route('**/kiosk.json', (route) => route.fulfill({ json: settings }));
  await digits.open('?kiosk=1');
  await page.touchscreen.tap(500, 300);
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['kiosk'])).toBe('guest');
}

/** What was heard since the last call. */
const heard = (page: Page): Promise<{ type: string; defaultPrevented: boolean }[]> =>
  page.evaluate(() => (window as unknown as { heardEvents(): never }).heardEvents());

/** Everything that must be as it was. */
const situation = (page: Page) =>
  page.evaluate(() => ({
    address: location.href,
    mode: document.documentElement.dataset['kiosk'],
    selected: getSelection()?.toString(),
    zoom: [visualViewport?.scale, devicePixelRatio],
    place: [visualViewport?.pageLeft, visualViewport?.pageTop, scrollX, scrollY],
    hasWholeScreen: document.fullscreenElement === null,
    dialogs: document.querySelectorAll('dialog[open]').length,
  }));

/** Does something as a guest would; all must be as it was, and no window, dialog or download may have come of it. */
async function expectNoWayOut(page: Page, work: () => Promise<void>): Promise<void> {
  const opened: string[] = [];
  const note = (what: string) => () => void opened.push(what);
  const names = ['popup', 'dialog', 'download', 'filechooser'] as const;
  const notes = names.map((name) => [name, note(name)] as const);
  for (const [name, listener] of notes) page.on(name as 'popup', listener);
  const before = await situation(page);
  await work();
  await expect.poll(() => situation(page)).toEqual(before);
  expect((await heard(page)).filter(({ defaultPrevented }) => !defaultPrevented)).toEqual([]);
  expect(opened).toEqual([]);
  for (const [name, listener] of notes) page.off(name as 'popup', listener);
}

/** Fingers that move along lines on the screen. */
async function moveFingers(
  session: CDPSession,
  fingers: readonly { readonly from: readonly [number, number]; readonly to: readonly [number, number] }[],
): Promise<void> {
  const at = (share: number) =>
    fingers.map(({ from, to }, id) => ({
      id,
      x: from[0] + share * (to[0] - from[0]),
      y: from[1] + share * (to[1] - from[1]),
    }));
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
  for (let step = 1; step <= 8; step += 1) {
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(step / 8) });
  }
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

const PINCH = [
  { from: [480, 300], to: [150, 200] },
  { from: [520, 300], to: [850, 400] },
] as const;

test('no key but those of the buttons reaches the browser', async ({ digits }) => {
  const { page } = digits;
  await openAsGuest(digits);
  await heard(page);
  await expectNoWayOut(page, async () => {
    for (const key of KEYS) {
      await page.keyboard.press(key);
      const keys = (await heard(page)).filter(({ type }) => type === 'keydown');
      expect(keys.length, key).toBeGreaterThan(0);
      expect(
        keys.every(({ defaultPrevented }) => defaultPrevented),
        key,
      ).toBe(true);
    }
  });
});

test('whoever walks through the page with the tab key finds the canvas and the guests’ buttons alone', async ({
  digits,
}) => {
  const { page } = digits;
  await openAsGuest(digits);
  const found = new Set<string>();
  for (let press = 0; press < 20; press += 1) {
    await page.keyboard.press('Tab');
    found.add(
      await page.evaluate(() => {
        const focused = document.activeElement;
        if (focused === null || focused === document.body) return 'the page';
        if (focused.id === 'canvas') return 'the canvas';
        return focused.closest('.kiosk-bar') ? 'a button' : `${focused.tagName} ${focused.id}`;
      }),
    );
  }
  expect([...found].filter((name) => !['the page', 'the canvas'].includes(name))).toEqual(['a button']);
});

test('two fingers do not magnify the page, and swipes do not leave it', async ({ digits }) => {
  const { page } = digits;
  const session = await page.context().newCDPSession(page);
  // A page that does nothing about it is magnified: these are gestures to the browser.
  await page.setContent('<p>Any other page</p>');
  await moveFingers(session, PINCH);
  await expect.poll(() => page.evaluate(() => visualViewport?.scale)).toBeGreaterThan(1.2);

  await openAsGuest(digits);
  await expectNoWayOut(page, async () => {
    await moveFingers(session, PINCH);
    await moveFingers(
      session,
      PINCH.map(({ from, to }) => ({ from: to, to: from })),
    );
    await moveFingers(session, [{ from: [2, 300], to: [900, 300] }]);
    await moveFingers(session, [{ from: [1020, 300], to: [100, 300] }]);
    await moveFingers(session, [{ from: [500, 2], to: [500, 700] }]);
    await moveFingers(session, [
      { from: [300, 300], to: [900, 300] },
      { from: [300, 400], to: [900, 400] },
    ]);
    await moveFingers(
      session,
      [100, 200, 300, 400].map((y) => ({ from: [700, y], to: [200, y] })),
    );
    // Two fingers of a touchpad: sideways it is back, with the control key the browser's zoom.
    await page.mouse.move(500, 300);
    for (let turn = 0; turn < 5; turn += 1) await page.mouse.wheel(-600, 0);
    await page.keyboard.down('Control');
    for (let turn = 0; turn < 5; turn += 1) await page.mouse.wheel(0, -300);
    await page.keyboard.up('Control');
  });
});

test('no menu, no selection and no dragging comes of any button', async ({ digits }) => {
  const { page } = digits;
  await openAsGuest(digits);
  const session = await page.context().newCDPSession(page);
  const button = page.locator('.kiosk-bar button').first();
  const { x, y, width, height } = (await button.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const [left, top] = [x + width / 2, y + height / 2];
  await expectNoWayOut(page, async () => {
    for (const [pointX, pointY] of [
      [500, 300],
      [left, top],
    ] as const) {
      for (const options of [
        { button: 'right' },
        { button: 'middle' },
        { clickCount: 2 },
        { clickCount: 3 },
      ] as const) {
        await page.mouse.click(pointX, pointY, options);
      }
      for (const side of ['back', 'forward'] as const) {
        const at = { x: pointX, y: pointY, button: side, clickCount: 1 };
        await session.send('Input.dispatchMouseEvent', { ...at, type: 'mousePressed' });
        await session.send('Input.dispatchMouseEvent', { ...at, type: 'mouseReleased' });
      }
    }
    // Across all the words on the page.
    await page.mouse.move(left, top);
    await page.mouse.down();
    await page.mouse.move(left + 400, top + 10, { steps: 6 });
    await page.mouse.up();
    // A finger that stays down asks for the menu.
    const finger = [{ id: 0, x: left, y: top }];
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: finger });
    await page.waitForTimeout(1200);
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  });
  // Synthetic, as no test can hold the others: nobody else hears them, and the browser does nothing.
  const leftToBrowser = await page.evaluate(
    (names) => {
      const canvas = document.getElementById('canvas');
      return names.filter((name) => canvas?.dispatchEvent(new Event(name, { bubbles: true, cancelable: true })));
    },
    WATCHED.filter((name) => !['beforeprint', 'keydown', 'wheel'].includes(name)),
  );
  expect(leftToBrowser).toEqual([]);
});

test('a file that is dropped on the page is not opened', async ({ digits }) => {
  const { page } = digits;
  await openAsGuest(digits);
  const session = await page.context().newCDPSession(page);
  const { model } = await digits.info();
  await expectNoWayOut(page, async () => {
    const data = { items: [], files: [test.info().file], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 500, y: 300, data });
    }
    const types = (await heard(page)).map(({ type }) => type);
    expect(types).toContain('drop');
  });
  // The page itself would open it, or say why not.
  await expect(digits.notices()).toHaveCount(0);
  expect((await digits.info()).model).toBe(model);
});

test('going back leads to where one is, however often', async ({ digits }) => {
  const { page } = digits;
  await openAsGuest(digits);
  await expectNoWayOut(page, async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      await page.evaluate(() => history.back());
      await page.touchscreen.tap(500, 300);
    }
    for (let turn = 0; turn < 2; turn += 1) await page.evaluate(() => history.back());
    // The browser's own way, which asks no page.
    for (let turn = 0; turn < 2; turn += 1) {
      await page.goBack();
      await page.touchscreen.tap(500, 300);
    }
  });
});
