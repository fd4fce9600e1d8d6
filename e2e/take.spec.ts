/** Taking the canvas along: the files that come out are opened as a visitor's player opens them. */
import { readFileSync } from 'node:fs';
import type { Download } from '@playwright/test';
import { type DigitsPage, expect, fillNumber, test } from './fixtures.ts';

async function contentOf(download: Download): Promise<Buffer> {
  return readFileSync(await download.path());
}

/** What a cell's pixel is in a picture file, and the picture's size. */
async function pixelsOf(digits: DigitsPage, file: Buffer, places: readonly (readonly [number, number])[]) {
  return digits.page.evaluate(
    async ({ base64, at }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
      context?.drawImage(bitmap, 0, 0);
      const colors = at.map(([x, y]) => [...(context?.getImageData(x, y, 1, 1).data ?? [])].slice(0, 3));
      return { width: bitmap.width, height: bitmap.height, colors };
    },
    { base64: file.toString('base64'), at: places },
  );
}

interface Recording {
  readonly download: Download;
  /** Seconds that the bar of progress has shown, in order. */
  readonly progress: readonly number[];
  /** Steps that the automaton has made meanwhile. */
  readonly steps: number;
}

/** Chooses from the menu, fills the window in, starts and waits for the file. */
async function recordFor(digits: DigitsPage, seconds: number, format: RegExp): Promise<Recording> {
  const { page } = digits;
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Record a film or GIF' }).click();
  const dialog = page.getByRole('dialog', { name: 'Record the whole canvas' });
  await fillNumber(dialog.getByLabel('Seconds'), seconds);
  const option = dialog.locator('option').filter({ hasText: format });
  await dialog.getByLabel('Format').selectOption(await option.getAttribute('value'));
  // Watched from within, so that a slow machine misses nothing.
  await page.evaluate(() => {
    const shown: number[] = [];
    Object.assign(window, { shown });
    setInterval(() => {
      const bar = document.querySelector<HTMLProgressElement>('#take progress:not([hidden])');
      if (bar) shown.push(bar.value);
    }, 20);
  });
  const before = (await digits.info()).step;
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Start' }).click();
  const download = await downloading;
  const progress = await page.evaluate(() => (window as unknown as { shown: number[] }).shown);
  return { download, progress, steps: (await digits.info()).step - before };
}

/** The length of a film in a player that plays it, as far as that it can decode it. */
async function play(digits: DigitsPage, film: Buffer): Promise<{ seconds: number; width: number; height: number }> {
  return digits.page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const video = document.createElement('video');
    video.muted = true;
    const loaded = new Promise((resolve, reject) => {
      video.addEventListener('loadeddata', resolve);
      video.addEventListener('error', () => reject(new Error(video.error?.message)));
    });
    video.src = URL.createObjectURL(new Blob([bytes], { type: 'video/mp4' }));
    await loaded;
    const played = new Promise((resolve, reject) => {
      video.addEventListener('timeupdate', () => video.currentTime > 0 && resolve(null));
      video.addEventListener('error', () => reject(new Error(video.error?.message)));
    });
    await video.play();
    await played;
    video.pause();
    // A recorder's file tells its length only at its end.
    if (!Number.isFinite(video.duration)) {
      const known = new Promise((resolve) => video.addEventListener('durationchange', resolve));
      video.currentTime = 1e6;
      await known;
    }
    return { seconds: video.duration, width: video.videoWidth, height: video.videoHeight };
  }, film.toString('base64'));
}

/** The sum of a GIF's delays in seconds, and its pictures, read block by block (GIF89a). */
function gifLength(gif: Buffer): { seconds: number; frames: number } {
  const skipBlocks = (from: number): number => {
    let at = from;
    while (gif[at] !== 0) at += 1 + gif[at];
    return at + 1;
  };
  const tableBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));
  let at = 13 + tableBytes(gif[10]);
  let [hundredths, frames] = [0, 0];
  while (gif[at] !== 0x3b) {
    if (gif[at] === 0x21) {
      if (gif[at + 1] === 0xf9) hundredths += gif.readUInt16LE(at + 4);
      at = skipBlocks(at + 2);
    } else {
      expect(gif[at]).toBe(0x2c);
      frames += 1;
      at = skipBlocks(at + 11 + tableBytes(gif[at + 9]));
    }
  }
  return { seconds: hundredths / 100, frames };
}

test('the picture that is saved is the whole canvas in its present colours, cell by cell', async ({ digits }) => {
  await digits.open();
  await digits.page.evaluate(() => window.nca.setCanvas({ columns: 3, rows: 2, tile: 32 }));
  await digits.page.evaluate(() => window.nca.paint([{ x: 48.5, y: 40.5 }], { radius: 3 }));
  await digits.step(10);
  // What is on the screen does not matter: only a corner of the canvas is.
  for (let press = 0; press < 4; press += 1) await digits.page.keyboard.press('+');
  await digits.page.getByRole('button', { name: 'Menu' }).click();
  const downloading = digits.page.waitForEvent('download');
  await digits.page.getByRole('button', { name: 'Save a picture' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('digits-three-step-10.png');
  const places = [
    [48 * 8, 40 * 8],
    [48 * 8 + 7, 40 * 8 + 7],
    [0, 0],
  ] as const;
  const picture = await pixelsOf(digits, await contentOf(download), places);
  expect(picture).toEqual({
    width: 96 * 8,
    height: 64 * 8,
    colors: [
      [210, 245, 60],
      [210, 245, 60],
      [255, 255, 255],
    ],
  });
  await expect(digits.notices()).toContainText(['768 × 512 pixels']);
});

test('a film of ten seconds plays for ten seconds, and the page goes on meanwhile', async ({ digits }) => {
  await digits.open('?columns=3&rows=2&seed=5&rate=30');
  const { download, progress, steps } = await recordFor(digits, 10, /^Film/);
  // How far and how often depends on the machine.
  expect(Math.max(...progress)).toBeGreaterThan(0);
  expect(steps).toBeGreaterThan(0);
  expect(download.suggestedFilename()).toMatch(/\.(mp4|webm)$/);
  const film = await play(digits, await contentOf(download));
  expect(film.seconds).toBeGreaterThan(9.9);
  expect(film.seconds).toBeLessThan(10.1);
  expect([film.width % 96, film.height % 64]).toEqual([0, 0]);
});

test('a film that the browser could not play itself is never made: the next codec takes its place', async ({
  digits,
}) => {
  // The first codec that the browser offers yields films that nothing can decode.
  await digits.page.addInitScript(() => {
    // The empty page before this one has none where it counts as insecure.
    if (!('VideoEncoder' in globalThis)) return;
    let faulty: string | null = null;
    const Native = VideoEncoder;
    window.VideoEncoder = class extends Native {
      #isFaulty = false;
      constructor({ output, error }: VideoEncoderInit) {
        super({
          error,
          output: (chunk, metadata) => {
            const { type, timestamp, duration, byteLength } = chunk;
            const data = new Uint8Array(byteLength);
            chunk.copyTo(data);
            data.forEach((byte, at) => (data[at] = byte ^ 0x5a));
            const broken = new EncodedVideoChunk({ type, timestamp, data, ...(duration === null ? {} : { duration }) });
            const configuration = metadata?.decoderConfig;
            if (this.#isFaulty && configuration?.description) configuration.description = new Uint8Array([1, 2, 3, 4]);
            output(this.#isFaulty ? broken : chunk, metadata);
          },
        });
      }
      override configure(config: VideoEncoderConfig): void {
        const codec = config.codec.slice(0, 4);
        faulty ??= codec;
        this.#isFaulty = codec === faulty;
        super.configure(config);
      }
    };
  });
  await digits.open('?columns=3&rows=2&seed=5&rate=30');
  const { download } = await recordFor(digits, 1, /^Film/);
  expect((await play(digits, await contentOf(download))).seconds).toBeGreaterThan(0.9);
  await expect(digits.notices().filter({ hasText: 'cannot play' })).toBeHidden();
});

test('where the browser offers no encoder its recorder makes the film, and without both there are GIFs', async ({
  digits,
}) => {
  await digits.page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'VideoEncoder');
  });
  await digits.open('?columns=3&rows=2&seed=5&rate=30');
  const film = await play(digits, await contentOf((await recordFor(digits, 2, /^Film/)).download));
  expect(film.seconds).toBeGreaterThan(1.5);
  expect(film.seconds).toBeLessThan(4);
  await digits.page.evaluate(() => Reflect.deleteProperty(globalThis, 'MediaRecorder'));
  await digits.page.getByRole('button', { name: 'Menu' }).click();
  await digits.page.getByRole('button', { name: 'Record a film or GIF' }).click();
  const dialog = digits.page.getByRole('dialog');
  await expect(dialog).toContainText('This browser cannot record films, only GIFs.');
  await expect(dialog.locator('option')).toHaveText(['Pictures (GIF)']);
});

test('a GIF of two seconds has delays that add up to two seconds', async ({ digits }) => {
  await digits.open('?columns=3&rows=2&seed=5&rate=30');
  const { download } = await recordFor(digits, 2, /GIF/);
  const gif = await contentOf(download);
  expect(gif.subarray(0, 6).toString('latin1')).toBe('GIF89a');
  const { seconds, frames } = gifLength(gif);
  expect(seconds).toBeCloseTo(2, 1);
  expect(frames).toBeGreaterThan(0);
  expect(await pixelsOf(digits, gif, [])).toMatchObject({ width: 96 * 7, height: 64 * 7 });
});

test('a recording can be cancelled, and saves nothing', async ({ digits }) => {
  await digits.open();
  let downloads = 0;
  digits.page.on('download', () => (downloads += 1));
  await digits.page.getByRole('button', { name: 'Menu' }).click();
  await digits.page.getByRole('button', { name: 'Record a film or GIF' }).click();
  const dialog = digits.page.getByRole('dialog');
  await fillNumber(dialog.getByLabel('Seconds'), 99);
  await dialog.getByRole('button', { name: 'Start' }).click();
  await expect(digits.notices()).toContainText(['1 to 60 seconds']);
  await fillNumber(dialog.getByLabel('Seconds'), 60);
  await dialog.getByRole('button', { name: 'Start' }).click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(digits.notices()).toContainText(['nothing was saved']);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
  expect(downloads).toBe(0);
});
