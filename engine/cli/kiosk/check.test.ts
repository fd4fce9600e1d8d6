import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_KIOSK_SETTINGS, type KioskSettings } from '../../page/features/kiosk/settings.ts';
import { UserError } from '../../command-line/command.ts';
import { findBrowser } from '../find-browser.ts';
import { listen, type RunningServer } from '../static-server.ts';
import { checkMachine, type Finding } from './check.ts';

async function findingsFor(read: () => KioskSettings, port: number | null = null) {
  const findings: Finding[] = [];
  const verdict = await checkMachine(
    { read, defaults: DEFAULT_KIOSK_SETTINGS, languages: ['en', 'de'], port },
    (each) => findings.push(each),
  );
  return { verdict, findings, of: (what: string) => findings.filter((each) => each.what === what) };
}

describe('the check of a machine', () => {
  let taken: RunningServer;
  beforeEach(async () => {
    taken = await listen(async (_request, response) => void response.end('something else'), { host: null, port: 0 });
    // A browser is looked for, but none is started.
    vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium');
    vi.stubEnv('LC_ALL', 'de_DE.UTF-8');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await taken.close();
  });

  it('tells every fault in a line of its own, and goes on after it', async () => {
    const read = (): KioskSettings => {
      throw new UserError('kiosk.json, line 1: one.\nkiosk.json, line 2: two.');
    };
    const { verdict, findings, of } = await findingsFor(read, taken.port);
    expect(verdict).toBe('fault');
    expect(of('settings').map(({ words }) => words)).toEqual(['kiosk.json, line 1: one.', 'kiosk.json, line 2: two.']);
    expect(of('browser')).toEqual([
      { what: 'browser', verdict: 'fault', words: 'CHROMIUM_PATH is "/nowhere/chromium", but there is no program.' },
    ]);
    expect(of('port')[0]).toMatchObject({ verdict: 'fault', words: expect.stringContaining('is taken') });
    expect(of('language')[0]).toMatchObject({ verdict: 'well', words: "de, as the system's" });
    expect(findings.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['screen', 'language', 'fonts', 'log', 'counts', 'port', 'clock']),
    );
    for (const { words } of findings) expect(words).toMatch(/^[^\n]+$/);
  });

  it('finds a log that cannot be written', async () => {
    const settings = { ...DEFAULT_KIOSK_SETTINGS };
    settings.supervision = { ...settings.supervision, logFile: '/nowhere/kiosk.log' };
    const { of } = await findingsFor(() => settings);
    expect(of('log')[0]).toMatchObject({ verdict: 'fault', words: expect.stringContaining('mkdir -p /nowhere') });
  });

  it.skipIf(findBrowser('test') === null)(
    'opens a page to see whether the browser has WebGL2',
    { timeout: 60_000 },
    async () => {
      vi.unstubAllEnvs();
      vi.stubEnv('CHROMIUM_PATH', findBrowser('test') ?? '');
      const withFlags =
        (...browserFlags: string[]) =>
        () => ({
          ...DEFAULT_KIOSK_SETTINGS,
          supervision: { ...DEFAULT_KIOSK_SETTINGS.supervision, browserFlags },
        });
      const without = await findingsFor(withFlags('--disable-3d-apis'));
      expect(without.of('WebGL2')[0]).toMatchObject({ verdict: 'fault', words: expect.stringContaining('has none') });
      const software = await findingsFor(withFlags('--use-angle=swiftshader', '--enable-unsafe-swiftshader'));
      expect(software.of('WebGL2')[0]).toMatchObject({
        verdict: 'note',
        words: expect.stringContaining('SwiftShader'),
      });
    },
  );
});
