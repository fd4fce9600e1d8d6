/** What a visitor does with the page, from its start to a lost context: a test for each, for every browser. */
import { expect, type TestType } from '@playwright/test';
import { Random } from '../../engine/common/random/random.ts';
import { drawMadeUpSign } from '../../engine/learning/teach/made-up-signs.ts';
import type { Statistics } from '../../engine/automaton/types.ts';
import { compareShipped, COMPUTED_QUERY } from '../computed-page.ts';
import { shippedModels } from '../shipped-models.ts';
import type { Tab } from './tab.ts';

/** Small and at rest: renderers in software are slow. Each sample of a picture has a cell of its own. */
const QUERY = '?columns=3&rows=2&tile=28&seed=5&model=tiny&strategy=texture&palette=seed&paused=1&adapt=0';

/** Those that `npm test` runs in every browser. */
const QUICK = { tag: '@quick' };

/** What there is without controls, which are letters that each machine draws with other fonts. */
const BARE = `${QUERY}&ui=0`;

/** Opens the page and waits until its first picture is drawn. */
async function open(tab: Tab, query: string): Promise<void> {
  await tab.goto(`./${query}`);
  await tab.evaluate(() => window.nca.ready);
}

/** Digest of ink and state. */
function digest(tab: Tab): Promise<string> {
  return tab.evaluate(async () => {
    const { data } = await window.nca.readState();
    const hash = await crypto.subtle.digest('SHA-256', new Float32Array(data));
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  });
}

const tiny = shippedModels().find(({ name }) => name === 'tiny') ?? shippedModels()[0];

const stats = (tab: Tab): Promise<Statistics> => tab.evaluate(() => window.nca.stats());
const step = (tab: Tab, count: number): Promise<void> => tab.evaluate((given) => window.nca.step(given), count);

/** Colours of the window in a lattice of places, once everything that was asked for is drawn. */
async function colors(tab: Tab): Promise<string[]> {
  await tab.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await window.nca.drawn();
    await frame();
  });
  const picture = await tab.screenshot();
  return tab.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
    context?.drawImage(bitmap, 0, 0);
    const found: string[] = [];
    for (let y = 4; y < bitmap.height; y += 8) {
      for (let x = 4; x < bitmap.width; x += 8) found.push(String(context?.getImageData(x, y, 1, 1).data.slice(0, 3)));
    }
    return found;
  }, picture.toString('base64'));
}

/** Drops a file on the page. */
function drop(tab: Tab, name: string, content: Buffer): Promise<void> {
  return tab.evaluate(
    (given) => {
      const bytes = Uint8Array.from(atob(given.base64), (letter) => letter.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], given.name));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    },
    { name, base64: content.toString('base64') },
  );
}

/** What went wrong. That a slow device gets a coarser picture is a notice, but no error. */
const errors = (tab: Tab): Promise<string[]> =>
  tab.evaluate(() => [...document.querySelectorAll('.notice.error')].map(({ textContent }) => textContent));

const notices = (tab: Tab): Promise<string> =>
  tab.evaluate(() => document.getElementById('notices')?.textContent ?? '');

/** A stroke across the first row of digits. */
async function paint(tab: Tab): Promise<void> {
  const { left, top, width, height } = await tab.evaluate(() => {
    const box = document.getElementById('canvas')?.getBoundingClientRect();
    return { left: box?.left ?? 0, top: box?.top ?? 0, width: box?.width ?? 0, height: box?.height ?? 0 };
  });
  const y = top + height * 0.3;
  await tab.drag([left + width * 0.3, y], [left + width * 0.5, y + 10], [left + width * 0.7, y]);
}

/** What a project's configuration tells of its browser. */
export interface BrowserMetadata {
  /** Part of the renderer's name: without it, the tests would say something of another one. */
  readonly renderer?: string;
}

/** Describes the visits; the caller's `tab` is a page that is closed after each test, or opened anew by the next one. */
export function describeVisits(test: TestType<{ tab: Tab }, object>): void {
  test('starts, and runs', QUICK, async ({ tab }, { annotations, project }) => {
    test.slow();
    await open(tab, '?columns=3&rows=2&seed=5');
    const { step: first, renderer, model } = await tab.evaluate(() => window.nca.info());
    annotations.push({
      type: 'renderer',
      description: `${renderer}, ${await tab.evaluate(() => navigator.userAgent)}`,
    });
    const { renderer: expected } = project.metadata as BrowserMetadata;
    if (expected !== undefined) expect(renderer).toContain(expected);
    expect(model).toBe('accurate');
    // On a busy machine the first steps of the largest model come late.
    const step = async () => (await tab.evaluate(() => window.nca.info())).step;
    await expect.poll(step, { timeout: 60_000 }).toBeGreaterThan(first + 3);
    // A screenshot between two frames of a page that runs may catch WebKit's window before its canvas is put there.
    await expect.poll(async () => new Set(await colors(tab)).size, { timeout: 60_000 }).toBeGreaterThan(5);
    expect(await errors(tab)).toEqual([]);
  });

  test('is painted on, and takes it back', QUICK, async ({ tab }) => {
    await open(tab, QUERY);
    await step(tab, 5);
    const [before, { inkCells }, picture] = [await digest(tab), await stats(tab), await colors(tab)];
    await paint(tab);
    expect((await stats(tab)).inkCells).toBeGreaterThan(inkCells + 50);
    const painted = await digest(tab);
    expect(await colors(tab)).not.toEqual(picture);
    await tab.press('Control+z');
    await expect.poll(() => digest(tab)).toBe(before);
    await tab.click('#redo');
    await expect.poll(() => digest(tab)).toBe(painted);
  });

  test('classifies handwritten digits', QUICK, async ({ tab }) => {
    await open(tab, QUERY);
    await step(tab, 40);
    const { majorityAccuracy, cellAccuracy, digits } = await stats(tab);
    expect(digits).toHaveLength(6);
    expect(majorityAccuracy).toBe(1);
    expect(cellAccuracy).toBeGreaterThan(0.85);
  });

  test('shows seven views as the plain reference computes them', async ({ tab }, { annotations }) => {
    await open(tab, COMPUTED_QUERY);
    const rows = await compareShipped(tab, tiny);
    expect(rows).toHaveLength(7);
    for (const { look, comparison } of rows) {
      const { cells, otherwise, wrong, message, isSame } = comparison;
      const description = `${look.view}: ${cells} cells, ${otherwise} torn and otherwise, ${wrong.length} wrong`;
      annotations.push({ type: 'computed', description });
      expect(isSame, message).toBe(true);
    }
  });

  test('learns a sign from drawings', async ({ tab }) => {
    test.slow();
    await open(tab, QUERY);
    const random = new Random(4);
    const drawings = Array.from({ length: 4 }, () => drawMadeUpSign('K', random));
    const teach = (given: typeof drawings) => window.nca.teach({ name: 'K', drawings: given }, { steps: 4, seed: 3 });
    const before = await tab.evaluate(() => window.nca.info());
    const { steps, backend } = await tab.evaluate(teach, drawings);
    expect({ steps, backend }).toEqual({ steps: 4, backend: 'wasm' });
    const { channels } = await tab.evaluate(() => window.nca.info());
    expect(channels).toBeGreaterThan(before.channels);
    await step(tab, 10);
    expect(await errors(tab)).toEqual([]);
  });

  test('saves a scene, and goes on with it', async ({ tab }) => {
    await open(tab, QUERY);
    await step(tab, 7);
    await paint(tab);
    const { name, content } = await tab.saved(() => tab.press('Control+s'));
    expect(name).toBe('tiny-7.nca');
    const before = await digest(tab);
    await step(tab, 5);
    const after = await digest(tab);
    await open(tab, `${QUERY}&columns=2`);
    await drop(tab, name, content);
    await expect.poll(() => notices(tab)).toContain('The scene was loaded.');
    expect(await digest(tab)).toBe(before);
    await step(tab, 5);
    expect(await digest(tab)).toBe(after);
  });

  test('saves a replay, and plays it bit for bit', async ({ tab }) => {
    await open(tab, QUERY);
    await step(tab, 5);
    await paint(tab);
    await step(tab, 5);
    await tab.press('Control+z');
    await tab.click('#open-menu');
    const { name, content } = await tab.saved(() => tab.click('#save-replay'));
    expect(name).toMatch(/\.replay\.json$/);
    await open(tab, `${QUERY}&columns=2&seed=8`);
    await drop(tab, name, content);
    await expect.poll(() => notices(tab)).toContain('exactly the recorded state, bit for bit');
  });

  test('saves a picture', async ({ tab }) => {
    await open(tab, QUERY);
    await step(tab, 10);
    await tab.click('#open-menu');
    const { name, content } = await tab.saved(() => tab.click('#save-picture'));
    expect(name).toBe('digits-tiny-step-10.png');
    const picture = await tab.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const { width, height } = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      return { width, height };
    }, content.toString('base64'));
    expect(picture).toEqual({ width: 3 * 28 * 8, height: 2 * 28 * 8 });
  });

  test('records a film that it can play itself', async ({ tab }, { annotations }) => {
    await open(tab, QUERY.replace('paused=1', 'rate=10'));
    await tab.click('#open-menu');
    await tab.click('#record');
    await expect.poll(() => tab.evaluate(() => document.querySelectorAll('#take option').length)).toBeGreaterThan(1);
    await tab.evaluate(() => {
      const seconds = document.querySelector<HTMLInputElement>('#take input');
      if (seconds) seconds.value = '2';
    });
    const { name, content } = await tab.saved(() => tab.click('#take .buttons button:first-child'));
    annotations.push({ type: 'film', description: `${name}, ${content.byteLength} bytes` });
    expect(name).toMatch(/^digits-tiny-step-\d+\.(mp4|webm)$/);
    const film = await tab.evaluate(
      async ({ base64, type }) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const video = document.createElement('video');
        video.muted = true;
        const loaded = new Promise<string>((resolve) => {
          video.addEventListener('loadeddata', () => resolve('plays'));
          video.addEventListener('error', () => resolve(video.error?.message ?? 'does not play'));
        });
        video.src = URL.createObjectURL(new Blob([bytes], { type }));
        let outcome = await loaded;
        if (outcome === 'plays') {
          const played = new Promise<string>((resolve) => {
            video.addEventListener('timeupdate', () => video.currentTime > 0 && resolve('plays'));
            video.addEventListener('error', () => resolve(video.error?.message ?? 'stops'));
          });
          await video.play();
          outcome = await played;
        }
        return { outcome, width: video.videoWidth, height: video.videoHeight };
      },
      { base64: content.toString('base64'), type: name.endsWith('mp4') ? 'video/mp4' : 'video/webm' },
    );
    expect(film.outcome).toBe('plays');
    expect(film.width / film.height).toBeCloseTo(3 / 2, 1);
  });

  test('is an exhibit that a guest takes over', async ({ tab }) => {
    await open(tab, '?kiosk=1&columns=3&rows=2&model=tiny&strategy=texture&adapt=0');
    const mode = () => tab.evaluate(() => document.documentElement.dataset['kiosk']);
    await expect.poll(mode).toBe('show');
    const { step: first } = await tab.evaluate(() => window.nca.info());
    await expect.poll(async () => (await tab.evaluate(() => window.nca.info())).step).toBeGreaterThan(first);
    await tab.click('#canvas');
    await expect.poll(mode).toBe('guest');
    await tab.click('.kiosk-bar > button:nth-child(2)');
    expect((await tab.evaluate(() => window.nca.get())).tool).toBe('eraser');
  });

  for (const example of ['embed', 'pixi']) {
    test(`runs in another page: the example "${example}"`, async ({ tab }) => {
      await tab.goto(`./examples/${example}.html`);
      const votes = () => tab.evaluate(() => document.getElementById('votes')?.textContent?.trim() ?? '');
      await expect.poll(votes, { timeout: 120_000 }).toMatch(/^([\d?] ){7}[\d?]$/);
      // Most cells of most digits agree after a while.
      await expect
        .poll(async () => (await votes()).replaceAll(/\D/g, '').length, { timeout: 60_000 })
        .toBeGreaterThan(5);
    });
  }

  test('goes on after a lost context', async ({ tab }) => {
    await open(tab, BARE);
    await step(tab, 14);
    const { inkCells } = await stats(tab);
    await tab.evaluate(async () => {
      const canvas = document.getElementById('canvas') as HTMLCanvasElement;
      const losing = canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context');
      const heard = (event: string) =>
        new Promise((resolve) => canvas.addEventListener(event, resolve, { once: true }));
      const lost = heard('webglcontextlost');
      losing?.loseContext();
      await lost;
      await new Promise((resolve) => setTimeout(resolve, 100));
      const restored = heard('webglcontextrestored');
      losing?.restoreContext();
      await restored;
    });
    // The ink is what it was. The state is that of the last snapshot, from which the cells come to the same answers.
    await expect.poll(() => stats(tab).catch(() => null)).toMatchObject({ inkCells });
    await step(tab, 40);
    expect(await stats(tab)).toMatchObject({ majorityAccuracy: 1 });
    await expect.poll(async () => new Set(await colors(tab)).size).toBeGreaterThan(5);
  });
}
