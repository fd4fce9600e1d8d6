/** A client of W3C WebDriver (https://www.w3.org/TR/webdriver2/), as far as the tests need it. */

import { setTimeout as delay } from 'node:timers/promises';

/** How the specification names an element's reference in JSON. */
const ELEMENT_KEY = 'element-6066-11e4-a52e-4f735466cecf';
/** Keys that have no letter of their own, as the specification numbers them. */
const SPECIAL_KEYS: Readonly<Record<string, string>> = {
  Control: '\uE009',
  Shift: '\uE008',
  Alt: '\uE00A',
  Escape: '\uE00C',
};

type Json = Record<string, unknown>;

/** A driver's answer to one request. */
interface Answer {
  readonly value: unknown;
}

/** @throws Error with the driver's own message */
async function request(address: string, method: 'GET' | 'POST' | 'DELETE', body?: Json): Promise<unknown> {
  const response = await fetch(address, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as Answer;
  if (response.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`WebDriver, ${new URL(address).pathname.split('/').slice(3).join('/')}: ${error}: ${message}`);
}

export class WebDriverSession {
  /** Address of the session. */
  readonly #address: string;

  private constructor(address: string) {
    this.#address = address;
  }

  /** @param driver address of the driver, which starts a browser for the session */
  static async open(driver: string, capabilities: Json, timeoutMilliseconds: number): Promise<WebDriverSession> {
    const answer = await request(`${driver}/session`, 'POST', { capabilities: { alwaysMatch: capabilities } });
    const { sessionId } = answer as { sessionId: string };
    const session = new WebDriverSession(`${driver}/session/${sessionId}`);
    await session.#post('timeouts', { script: timeoutMilliseconds, pageLoad: timeoutMilliseconds, implicit: 0 });
    return session;
  }

  #post(command: string, body: Json = {}): Promise<unknown> {
    return request(`${this.#address}/${command}`, 'POST', body);
  }

  async close(): Promise<void> {
    await request(this.#address, 'DELETE');
  }

  /** Opens an address and waits until all of it is loaded. */
  async goto(address: string): Promise<void> {
    await this.evaluate(() => void Object.assign(window, { isLeft: true }));
    await this.#post('url', { url: address });
    // After a download the driver does not wait for it.
    while (!(await this.evaluate(() => !('isLeft' in window) && document.readyState === 'complete'))) await delay(50);
  }

  /** Makes the page as large as this, in CSS pixels; a window has a frame and bars beside it. */
  async resize(width: number, height: number): Promise<void> {
    let [outerWidth, outerHeight] = [width, height];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await this.#post('window/rect', { width: outerWidth, height: outerHeight });
      const inner = await this.evaluate(() => ({ width: innerWidth, height: innerHeight }));
      if (inner.width === width && inner.height === height) return;
      outerWidth += width - inner.width;
      outerHeight += height - inner.height;
    }
    throw new Error(`The window cannot be made so large that the page has ${width} × ${height} pixels.`);
  }

  /** Runs a function in the page and resolves with what it returns; both ways go through JSON. */
  async evaluate<Result, Given = undefined>(
    work: (given: Given) => Result | Promise<Result>,
    given?: Given,
  ): Promise<Result> {
    const script = `
      const [given, done] = arguments;
      Promise.resolve(given).then(${String(work)}).then(
        (value) => done({ value }),
        (error) => done({ error: String(error?.stack ?? error), message: String(error?.message ?? error) }),
      );`;
    const outcome = await this.#post('execute/async', { script, args: [given ?? null] });
    const { value, error, message } = outcome as { value: Result; error?: string; message?: string };
    if (error !== undefined) throw new Error(`${message}\n${error}`);
    return value;
  }

  async click(selector: string): Promise<void> {
    const element = (await this.#post('element', { using: 'css selector', value: selector })) as Record<string, string>;
    await this.#post(`element/${element[ELEMENT_KEY]}/click`);
  }

  /** Presses the pointer at the first place and lets it go at the last one. */
  async drag([first, ...others]: readonly (readonly [number, number])[]): Promise<void> {
    const move = ([x, y]: readonly [number, number]) => ({
      type: 'pointerMove',
      duration: 20,
      origin: 'viewport',
      x: Math.round(x),
      y: Math.round(y),
    });
    const actions = [
      move(first),
      { type: 'pointerDown', button: 0 },
      ...others.map(move),
      { type: 'pointerUp', button: 0 },
    ];
    const mouse = { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions };
    await this.#post('actions', { actions: [mouse] });
  }

  /** Presses keys together, the last one last: `Control+z`. */
  async press(keys: string): Promise<void> {
    const values = keys.split('+').map((key) => SPECIAL_KEYS[key] ?? key);
    const down = values.map((value) => ({ type: 'keyDown', value }));
    const up = values.toReversed().map((value) => ({ type: 'keyUp', value }));
    await this.#post('actions', { actions: [{ type: 'key', id: 'keyboard', actions: [...down, ...up] }] });
  }

  /** The window's content as PNG. */
  async screenshot(): Promise<Buffer> {
    return Buffer.from((await request(`${this.#address}/screenshot`, 'GET')) as string, 'base64');
  }
}
