/** Controls a browser through its developer tools, over a pipe that no other process can access. */
import type { Readable, Writable } from 'node:stream';
import * as v from 'valibot';

/** Makes the browser accept commands on its file descriptors 3 and 4. */
export const DEVTOOLS_FLAG = '--remote-debugging-pipe';

const ANSWER_MILLISECONDS = 30_000;

const answerSchema = v.object({
  id: v.number(),
  result: v.optional(v.unknown()),
  error: v.optional(v.object({ message: v.string() })),
});
const targetsSchema = v.object({
  targetInfos: v.array(v.object({ targetId: v.string(), type: v.string(), url: v.string() })),
});
const sessionSchema = v.object({ sessionId: v.string() });
const windowSchema = v.object({ windowId: v.number() });
const screenshotSchema = v.object({ data: v.string() });
const valueSchema = v.object({ result: v.object({ value: v.unknown() }) });
const sizesSchema = v.tuple([v.number(), v.number(), v.number(), v.number()]);

interface Page {
  readonly sessionId: string;
  readonly targetId: string;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class DevTools {
  readonly #orders: Writable;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #rest = '';

  constructor(orders: Writable, answers: Readable) {
    this.#orders = orders;
    // A browser that has exited no longer answers.
    orders.on('error', () => this.#giveUp());
    answers.setEncoding('utf8').on('data', (chunk: string) => this.#hear(chunk));
    answers.on('error', () => this.#giveUp()).on('close', () => this.#giveUp());
  }

  /**
   * Takes a picture of the page at this address, as a PNG.
   * @throws if there is none, or the browser does not answer
   */
  screenshot(address: string): Promise<Buffer> {
    return this.#withPage(address, async ({ sessionId }) => {
      const answer = await this.#ask('Page.captureScreenshot', { format: 'png' }, sessionId);
      return Buffer.from(v.parse(screenshotSchema, answer).data, 'base64');
    });
  }

  /**
   * What an expression is in the page at this address.
   * @throws if there is none, or the browser does not answer
   */
  evaluate(address: string, expression: string): Promise<unknown> {
    return this.#withPage(address, ({ sessionId }) => this.#evaluate(expression, sessionId));
  }

  /**
   * Puts the window of the page at this address over the whole screen, unless it is: where there is no window manager,
   * nobody makes it as large as it wishes.
   * @throws if there is no such page, or the browser does not answer
   */
  fillScreen(address: string): Promise<void> {
    return this.#withPage(address, async ({ sessionId, targetId }) => {
      const sizes = await this.#evaluate('[screen.width, screen.height, innerWidth, innerHeight]', sessionId);
      const [width, height, innerWidth, innerHeight] = v.parse(sizesSchema, sizes);
      if (innerWidth >= width && innerHeight >= height) return;
      const { windowId } = v.parse(windowSchema, await this.#ask('Browser.getWindowForTarget', { targetId }));
      const place = (bounds: object): Promise<unknown> => this.#ask('Browser.setWindowBounds', { windowId, bounds });
      // A window that takes itself for full screen is not moved; one of exactly the screen's size is made smaller.
      await place({ windowState: 'normal' });
      await place({ left: 0, top: 0, width: width + 1, height: height + 1 });
      await place({ windowState: 'fullscreen' });
    });
  }

  async #evaluate(expression: string, sessionId: string): Promise<unknown> {
    const answer = await this.#ask('Runtime.evaluate', { expression, returnByValue: true }, sessionId);
    return v.parse(valueSchema, answer).result.value;
  }

  async #withPage<T>(address: string, use: (page: Page) => Promise<T>): Promise<T> {
    const page = await this.#attach(address);
    try {
      return await use(page);
    } finally {
      await this.#ask('Target.detachFromTarget', { sessionId: page.sessionId }).catch(() => undefined);
    }
  }

  async #attach(address: string): Promise<Page> {
    const { targetInfos } = v.parse(targetsSchema, await this.#ask('Target.getTargets'));
    const page = targetInfos.find(({ type, url }) => type === 'page' && url.startsWith(address));
    if (!page) throw new Error('the browser does not show the page');
    const { targetId } = page;
    const answer = await this.#ask('Target.attachToTarget', { targetId, flatten: true });
    return { sessionId: v.parse(sessionSchema, answer).sessionId, targetId };
  }

  #ask(method: string, params: object = {}, sessionId?: string): Promise<unknown> {
    this.#asked += 1;
    const id = this.#asked;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error('the browser does not answer'));
      }, ANSWER_MILLISECONDS);
      const settled = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(id);
      };
      this.#waiting.set(id, {
        resolve: (result) => {
          settled();
          resolve(result);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
      this.#orders.write(
        `${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`,
      );
    });
  }

  /** Answers, and events, which nobody waits for, end with a zero each. */
  #hear(chunk: string): void {
    const messages = (this.#rest + chunk).split('\0');
    this.#rest = messages.pop() ?? '';
    for (const message of messages) {
      const answer = v.safeParse(answerSchema, JSON.parse(message));
      const waiting = answer.success ? this.#waiting.get(answer.output.id) : undefined;
      if (!answer.success || !waiting) continue;
      const { result, error } = answer.output;
      if (error) waiting.reject(new Error(`the browser refuses: ${error.message}`));
      else waiting.resolve(result);
    }
  }

  #giveUp(): void {
    for (const { reject } of [...this.#waiting.values()]) reject(new Error('the browser has ended'));
  }
}
