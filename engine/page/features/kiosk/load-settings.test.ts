import { describe, expect, test } from 'vitest';
import { loadKioskSettings, queryOf } from './load-settings.ts';
import { checkKioskSettings, DEFAULT_KIOSK_SETTINGS } from './settings.ts';

const answer = (body: string, status = 200) => Promise.resolve(new Response(body, { status }));

describe('the settings beside the page', () => {
  test('are the defaults where there is no file', async () => {
    const loaded = await loadKioskSettings(() => answer('not here', 404));
    expect(loaded).toEqual({ settings: DEFAULT_KIOSK_SETTINGS, fault: null });
  });

  test('are those of the file, and start the page', async () => {
    const { settings, fault } = await loadKioskSettings((address) => {
      expect(address).toBe('kiosk.json');
      return answer('{ "model": "tiny", "canvas": { "columns": 4 }, "dropout": 0.25, "stepsPerSecond": 12 }');
    });
    expect(fault).toBeNull();
    expect(queryOf(settings)).toMatchObject({ model: 'tiny', columns: 4, tile: 32, dropout: 0.25, rate: 12 });
    // What is not said is left to the page.
    expect(Object.keys(queryOf(settings))).not.toContain('rows');
    expect(Object.keys(queryOf(checkKioskSettings({}, 'x')))).not.toContain('model');
  });

  test.each([
    ['a server that fails', () => answer('', 503), 'kiosk.json cannot be fetched: the server answers 503.'],
    [
      'a server that is away',
      () => Promise.reject(new TypeError('Failed to fetch')),
      'kiosk.json cannot be fetched: the server cannot be reached.',
    ],
    ['no JSON', () => answer('<html>'), /^kiosk\.json/],
    ['a value that is not known', () => answer('{ "palette": "sepia" }'), /"palette" must be one of/],
    ['far too much', () => answer(' '.repeat(1_000_001)), 'kiosk.json cannot be fetched: it is too large.'],
  ])('are the defaults, and the fault is told, with %s', async (_name, fetch, expected) => {
    const { settings, fault } = await loadKioskSettings(fetch);
    expect(settings).toEqual(DEFAULT_KIOSK_SETTINGS);
    expect(fault).toMatch(expected);
  });
});
