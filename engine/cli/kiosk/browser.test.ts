/** Tests the exhibit's browser with a real one. STARTS=100 starts it 100 times. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SOFTWARE_WEBGL_FLAGS } from '../browser-flags.ts';
import { findBrowser } from '../find-browser.ts';
import { type Browser, startBrowser } from './browser.ts';

const path = findBrowser('test');
const starts = Number(process.env['STARTS'] ?? 2);
const address = 'data:text/html,<body>a page';
const flags = ['--headless', ...SOFTWARE_WEBGL_FLAGS];

/** Takes a picture of the page, once it is loaded. */
async function pictureOf({ devTools }: Browser): Promise<Buffer> {
  return vi.waitFor(() => devTools.screenshot('data:'), { timeout: 30_000, interval: 200 });
}

describe.skipIf(path === null)('the browser', { timeout: 60_000 + 15_000 * starts }, () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'browser-'));
    vi.stubEnv('TMPDIR', folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  const start = () => startBrowser({ path: path ?? '', address, flags });

  it('leaves no file in the temporary folder, however it is ended', async () => {
    for (let count = 0; count < starts; count += 1) {
      const browser = await start();
      await pictureOf(browser);
      await browser.stop(count % 2 === 1);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('shows what is on its screen to whoever holds its pipe', async () => {
    const browser = await start();
    try {
      const picture = await pictureOf(browser);
      expect([...picture.subarray(1, 4)].map((byte) => String.fromCharCode(byte)).join('')).toBe('PNG');
      await expect(browser.devTools.screenshot('http://nowhere/')).rejects.toThrow('does not show the page');
    } finally {
      await browser.stop();
    }
    await expect(browser.devTools.screenshot('data:')).rejects.toThrow(/the browser (has ended|does not answer)/);
  });
});
