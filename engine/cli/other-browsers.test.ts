import { describe, expect, it } from 'vitest';
import type { Machine } from './find-browser.ts';
import { absentBrowsers, findOtherBrowsers, missingPrograms, OTHER_BROWSERS } from './other-browsers.ts';

function machine(programs: string[], env: Record<string, string> = {}): Machine {
  return {
    platform: 'linux',
    env: { PATH: '/usr/bin', ...env },
    playwrightBrowser: () => null,
    isProgram: (path) => programs.includes(path),
    starts: () => true,
  };
}

describe('findOtherBrowsers', () => {
  it('takes Debian’s Firefox first, and one that is named before it', () => {
    const programs = ['/usr/bin/firefox', '/usr/bin/firefox-esr', '/mine/firefox', '/usr/bin/Xvfb'];
    const { firefox } = findOtherBrowsers(machine(programs));
    expect(firefox.programs['Firefox']).toBe('/usr/bin/firefox-esr');
    expect(missingPrograms(firefox)).toEqual([]);
    const named = findOtherBrowsers(machine(programs, { FIREFOX_PATH: '/mine/firefox' }));
    expect(named.firefox.programs['Firefox']).toBe('/mine/firefox');
  });

  it('refuses a FIREFOX_PATH that is no program, by name', () => {
    expect(() => findOtherBrowsers(machine([], { FIREFOX_PATH: '/mine' }))).toThrow('FIREFOX_PATH is "/mine"');
  });
});

describe('absentBrowsers', () => {
  const found = findOtherBrowsers(machine(['/usr/bin/firefox', '/usr/bin/Xvfb']));

  it('names what each lacks', () => {
    const messages = absentBrowsers(findOtherBrowsers(machine(['/usr/bin/firefox']))).map(({ message }) => message);
    expect(messages[0]).toBe('Firefox: skipped: this machine has no Xvfb');
    expect(messages[1]).toContain('WebKitWebDriver');
    expect(messages[1]).toContain('no Xvfb');
  });

  it('has one that is there neither skipped nor failed', () => {
    expect(absentBrowsers(found, 'firefox').map(({ message }) => message.split(':')[0])).not.toContain('Firefox');
  });

  it('tells those that are required from the others', () => {
    const required = absentBrowsers(found, 'firefox,webkit').filter(({ isRequired }) => isRequired);
    expect(required).toHaveLength(1);
    expect(required[0].message).toMatch(/^WebKit: failed/);
  });

  it('refuses a name that is no browser', () => {
    expect(() => absentBrowsers(found, 'lynx')).toThrow(`"lynx"; there are ${OTHER_BROWSERS.join(', ')}`);
  });
});
