import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { describe, expect, it, vi } from 'vitest';
import { startBackend } from '../backend/backend.ts';
import { imagesFile } from '../digits/made-up-digits.ts';
import { beginRun } from '../loop/run-state.ts';
import { findPreset } from '../presets/index.ts';
import { overrideFields, parseRecipe } from '../presets/recipe.ts';
import { roundTicks, thinOut } from './chart.ts';
import { encodeGif } from './gif.ts';
import { html } from './html.ts';
import { REPORT_NAME } from '../loop/run-folder.ts';
import { Observer } from './observer.ts';
import { encodePng, tilePaintings } from './paint.ts';

vi.setConfig({ testTimeout: 60_000 });

const RECIPE = parseRecipe(
  overrideFields(
    findPreset('tiny'),
    new Map<string, unknown>([
      ['description', 'Made of <b>nothing</b>.'],
      ['model.update.0.units', 4],
      ['pool.size', 16],
      ['steps', 100],
    ]),
  ),
);
const PIXELS = imagesFile(12).subarray(16);
const DIGITS = {
  name: 'strokes',
  count: 12,
  images: PIXELS,
  classNames: Array.from('0123456789'),
  labels: Uint8Array.from({ length: 12 }, (_, i) => i % 10),
};

describe('a run’s report', () => {
  it('is there before the first step, grows with the run, and keeps every text a text', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nca-report-'));
    const path = join(folder, REPORT_NAME);
    const state = beginRun(RECIPE, () => ({ pixels: PIXELS.slice(0, 784), label: 3 }));
    let seconds = 0;
    const checks: number[] = [];
    const observer = new Observer(
      {
        recipe: RECIPE,
        folder,
        backend: await startBackend('wasm'),
        workers: 1,
        data: { name: '"strokes" & <more>', digest: null },
        commit: null,
        digits: DIGITS,
        checkDigits: 6,
        beginning: state,
        listener: { check: ({ step }) => checks.push(step), warning: () => undefined },
        shouldStop: () => false,
        clock: () => seconds,
      },
      state,
    );
    try {
      await observer.observe(state, 'start');
      const first = readFileSync(path, 'utf8');
      expect(first).toContain('Made of &lt;b&gt;nothing&lt;/b&gt;.');
      expect(first).toContain('&quot;strokes&quot; &amp; &lt;more&gt;');
      expect(first).toContain('http-equiv="refresh"');
      expect(first).not.toContain('image/gif');

      state.step = 40;
      state.losses.push(...Array.from({ length: 40 }, (_, step) => 70 - step));
      await observer.observe(state, 'step');
      expect(checks).toEqual([]);
      seconds = 20;
      await observer.observe(state, 'step');
      expect(checks).toEqual([40]);
      const grown = readFileSync(path, 'utf8');
      expect(grown).toContain('src="data:image/gif;base64,R0lGODlh');
      expect(grown, 'the last picture of the film stands in where motion is not wanted').toMatch(
        /reduced-motion: reduce\)" srcset="data:image\/png;base64,/,
      );
      expect(grown).toContain('Step 40 of 100'.toLowerCase());
      expect(grown, 'nothing is loaded from elsewhere, and nothing runs').not.toMatch(
        /<script|https?:\/\/|src(set)?="(?!data:)/,
      );

      state.step = 100;
      await observer.finish(state, true);
      const last = readFileSync(path, 'utf8');
      expect(last).not.toContain('http-equiv="refresh"');
      expect(last).toContain('<th>step 200</th>');
      expect(state.checks.map(({ step }) => step)).toEqual([40, 100]);
    } finally {
      rmSync(folder, { recursive: true });
    }
    await observer.finish(state, false);
    expect(existsSync(path), 'a report that cannot be written is no reason to stop').toBe(false);
  });
});

describe('pictures', () => {
  const sheet = tilePaintings([new Uint8Array(784).fill(1), new Uint8Array(784).fill(2)], 2, 0);

  it('are PNG with a palette, pixel by pixel what they were', () => {
    const palette = [[0, 0, 0], [1, 2, 3], [255, 0, 9]] as const; // prettier-ignore
    const png = decode(encodePng(sheet, palette));
    expect(png).toMatchObject({ width: 56, height: 28, channels: 1, depth: 8, palette });
    expect([...png.data]).toEqual([...sheet.cells]);
    expect([png.data[0], png.data[27], png.data[28], png.data[55]]).toEqual([1, 1, 2, 2]);
  });

  it('in a row are a GIF', () => {
    const bytes = Buffer.from(encodeGif([sheet, sheet], [[0, 0, 0], [9, 9, 9], [255, 0, 9]], 2, 0.1)); // prettier-ignore
    expect(bytes.subarray(0, 6).toString()).toBe('GIF89a');
    expect([bytes.readUInt16LE(6), bytes.readUInt16LE(8)]).toEqual([112, 56]);
  });
});

describe('a chart', () => {
  it('has round ticks', () => {
    expect(roundTicks(0, 100, 5)).toEqual([0, 20, 40, 60, 80, 100]);
    expect(roundTicks(0, 0.004, 4).map((tick) => Number(tick.toFixed(6)))).toEqual([0, 0.001, 0.002, 0.003, 0.004]);
  });

  it('thins out many values to means and ranges', () => {
    expect(thinOut([1, 3, 5, 7, 9], 3)).toEqual({ points: [[1, 2], [3, 6], [4.5, 9]], band: [[1, 3], [5, 7], [9, 9]] }); // prettier-ignore
    expect(thinOut([], 3).points).toEqual([]);
  });
});

describe('a template', () => {
  it('escapes what is put into it, and no markup of its own', () => {
    expect(html`<p>${'<i>'}${[html`<b>${'"&'}</b>`]}</p>`.text).toBe('<p>&lt;i&gt;<b>&quot;&amp;</b></p>');
  });
});
