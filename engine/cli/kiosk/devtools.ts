/** Speaks with a browser by its developer tools, over a pipe that no other process can reach. */
import type { Readable, Writable } from 'node:stream';
import * as v from 'valibot';

/** So that the browser takes orders by its file descriptors 3 and 4. */
export const DEVTOOLS_FLAG = '--remote-debugging-pipe';

const ANSWER_MILLISECONDS = 10_000;

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
    // A browser that has ended answers no more.
    orders.on('error', () => this.#giveUp());
    answers.setEncoding('utf8').on('data', (chunk: string) => this.#hear(chunk));
    answers.on('error', () => this.#giveUp()).on('close', () => this.#giveUp());
  }

  /**
   * A picture of the page at this address, a PNG.
   * @throws if there is none, or the browser does not answer
   */
  async screenshot(address: string): Promise<Buffer> {
    const { sessionId } = await this.#attach(address);
    try {
      const answer = await this.#ask('Page.captureScreenshot', { format: 'png' }, sessionId);
      return Buffer.from(v.parse(screenshotSchema, answer).data, 'base64');
    } finally {
      await this.#ask('Target.detachFromTarget', { sessionId }).catch(() => undefined);
    }
  }

  /**
   * Puts the window of the page at this address over the whole screen, unless it is: where there is no window manager,
   * nobody makes it as large as it wishes.
   * @returns whether it was smaller
   * @throws if there is no such page, or the browser does not answer
   */
  async fillScreen(address: string): Promise<boolean> {
    const { sessionId, targetId } = await this.#attach(address);
    try {
      const expression = '[screen.width, screen.height, innerWidth, innerHeight]';
      const answer = await this.#ask('Runtime.evaluate', { expression, returnByValue: true }, sessionId);
      const [width, height, innerWidth, innerHeight] = v.parse(sizesSchema, v.parse(valueSchema, answer).result.value);
      if (innerWidth >= width && innerHeight >= height) return false;
      const { windowId } = v.parse(windowSchema, await this.#ask('Browser.getWindowForTarget', { targetId }));
      const place = (bounds: object): Promise<unknown> => this.#ask('Browser.setWindowBounds', { windowId, bounds });
      // A window that takes itself for full screen is not moved; one of exactly the screen's size is made smaller.
      await place({ windowState: 'normal' });
      await place({ left: 0, top: 0, width: width + 1, height: height + 1 });
      await place({ windowState: 'fullscreen' });
      return true;
    } finally {
      await this.#ask('Target.detachFromTarget', { sessionId }).catch(() => undefined);
    }
  }

  async #attach(address: string): Promise<{ sessionId: string; targetId: string }> {
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
