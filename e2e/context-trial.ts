/** Takes a page's GPU context away and gives it back, and looks at what comes of it. */
import type { Page } from '@playwright/test';

interface Trial {
  /** No frame comes while this is set: what moves by frames stands still. */
  frozen: boolean;
  /** Takes the context away; settled when the page has heard of it. */
  lose(): Promise<void>;
  /** Gives it back. */
  giveBack(): void;
  /** Settled when the canvas shows more than one colour. */
  shown(): Promise<void>;
  /** Digest of the ink of all cells. */
  ink(): Promise<string>;
  /** When the context was given back last. */
  returnedMilliseconds: number;
}

declare global {
  interface Window {
    trial: Trial;
  }
}

/**
 * Call before the page is opened.
 * @param startLossMilliseconds so long after the page has asked for its context it is taken away for a moment
 */
export async function prepareTrial(page: Page, startLossMilliseconds: number | null = null): Promise<void> {
  await page.addInitScript(install, startLossMilliseconds);
}

function install(startLossMilliseconds: number | null): void {
  const requestFrame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    requestFrame((now) => {
      if (window.trial.frozen) window.requestAnimationFrame(callback);
      else callback(now);
    });
  const canvas = () => document.getElementById('canvas') as HTMLCanvasElement;
  const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  let losing: WEBGL_lose_context | null = null;
  window.trial = {
    frozen: false,
    returnedMilliseconds: 0,
    async lose() {
      const gl = canvas().getContext('webgl2');
      losing ??= gl?.getExtension('WEBGL_lose_context') ?? null;
      while (gl?.isContextLost()) await pause(1);
      const lost = new Promise((resolve) => canvas().addEventListener('webglcontextlost', resolve, { once: true }));
      losing?.loseContext();
      await lost;
      // From within the event it is not given back.
      await pause(0);
    },
    giveBack() {
      window.trial.returnedMilliseconds = performance.now();
      losing?.restoreContext();
    },
    async shown() {
      const copy = new OffscreenCanvas(64, 64);
      const context = copy.getContext('2d', { willReadFrequently: true });
      for (;;) {
        // After the page's own callbacks of a frame, as asked for after them, and before the picture is handed over.
        await pause(0);
        await new Promise((resolve) => requestFrame(resolve));
        if (canvas().getContext('webgl2')?.isContextLost()) continue;
        context?.clearRect(0, 0, 64, 64);
        context?.drawImage(canvas(), 0, 0, 64, 64);
        const colors = new Set(new Uint32Array(context?.getImageData(0, 0, 64, 64).data.buffer ?? new ArrayBuffer(0)));
        if (colors.size > 8) return;
      }
    },
    async ink() {
      for (;;) {
        try {
          const { data, channels } = await window.nca.readState();
          const ink = data.filter((_, index) => index % channels === 0);
          const digest = await crypto.subtle.digest('SHA-256', ink);
          return [...new Uint8Array(digest)].map((byte) => byte.toString(16)).join('');
        } catch {
          await pause(20);
        }
      }
    },
  };
  if (startLossMilliseconds === null) return;
  const getContext = Reflect.get(HTMLCanvasElement.prototype, 'getContext') as (...values: unknown[]) => unknown;
  let isFirst = true;
  Reflect.set(HTMLCanvasElement.prototype, 'getContext', function (this: HTMLCanvasElement, ...values: unknown[]) {
    const context = getContext.apply(this, values);
    if (isFirst && this.id === 'canvas') {
      isFirst = false;
      setTimeout(() => {
        void window.trial
          .lose()
          .then(() => pause(50))
          .then(() => window.trial.giveBack());
      }, startLossMilliseconds);
    }
    return context;
  });
}

/** Call before the page is opened: the browser compiles beside the page, and needs so long for every program. */
export async function compileSlowly(page: Page, milliseconds: number): Promise<void> {
  await page.addInitScript((duration) => {
    const completionStatus = 0x91b1;
    const { prototype } = WebGL2RenderingContext;
    type Call = (...values: unknown[]) => unknown;
    const getExtension = Reflect.get(prototype, 'getExtension') as Call;
    const getProgramParameter = Reflect.get(prototype, 'getProgramParameter') as Call;
    const linkProgram = Reflect.get(prototype, 'linkProgram') as Call;
    const linkedAt = new WeakMap<WebGLProgram, number>();
    Object.assign(prototype, {
      getExtension(this: WebGL2RenderingContext, name: string): unknown {
        if (name === 'KHR_parallel_shader_compile') return { COMPLETION_STATUS_KHR: completionStatus };
        return getExtension.call(this, name);
      },
      linkProgram(this: WebGL2RenderingContext, program: WebGLProgram): void {
        linkedAt.set(program, performance.now());
        linkProgram.call(this, program);
      },
      getProgramParameter(this: WebGL2RenderingContext, program: WebGLProgram, name: GLenum): unknown {
        if (name !== completionStatus) return getProgramParameter.call(this, program, name);
        return performance.now() - (linkedAt.get(program) ?? 0) > duration;
      },
    });
  }, milliseconds);
}

/** Takes the context away for so long; meanwhile something else may be done. */
export async function loseContext(
  page: Page,
  awayMilliseconds: number,
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await page.evaluate(() => window.trial.lose());
  await meanwhile();
  await page.waitForTimeout(awayMilliseconds);
  await page.evaluate(() => window.trial.giveBack());
}

/** The ink as it stands still, whatever the show does. */
export async function freezeInk(page: Page): Promise<string> {
  return page.evaluate(async () => {
    window.trial.frozen = true;
    return window.trial.ink();
  });
}

/** The ink once the context is back, before a frame changes it; then frames come again until there is a picture. */
export async function inkAndPicture(page: Page): Promise<{
  ink: string;
  /** From the context's return until the canvas showed a picture again. */
  milliseconds: number;
}> {
  return page.evaluate(async () => {
    const ink = await window.trial.ink();
    window.trial.frozen = false;
    await window.trial.shown();
    return { ink, milliseconds: performance.now() - window.trial.returnedMilliseconds };
  });
}
