import { describe, expect, it } from 'vitest';
import { findBrowser, type Machine, usualPaths } from './find-browser.ts';

/** A machine with these programs, all of which start except those in `broken`. */
function machine(programs: string[], changes: Partial<Machine> = {}, broken: string[] = []): Machine {
  return {
    platform: 'linux',
    env: { PATH: '/usr/bin' },
    playwrightBrowser: () => '/own/chrome',
    isProgram: (path) => programs.includes(path),
    starts: (path) => !broken.includes(path),
    ...changes,
  };
}

describe('findBrowser', () => {
  it('takes CHROMIUM_PATH before anything else', () => {
    const env = { PATH: '/usr/bin', CHROMIUM_PATH: '/mine' };
    expect(findBrowser('window', machine(['/mine', '/own/chrome', '/usr/bin/chromium'], { env }))).toBe('/mine');
  });

  it('refuses a CHROMIUM_PATH that is no program, or does not start, by name', () => {
    const env = { CHROMIUM_PATH: '/mine' };
    expect(() => findBrowser('window', machine(['/own/chrome'], { env }))).toThrow(
      'CHROMIUM_PATH is "/mine", but there is no',
    );
    expect(() => findBrowser('window', machine(['/mine'], { env }, ['/mine']))).toThrow('does not start');
  });

  it('takes Playwright’s own before the machine’s', () => {
    expect(findBrowser('window', machine(['/own/chrome', '/usr/bin/chromium']))).toBe('/own/chrome');
  });

  it('takes the machine’s where Playwright’s own is not installed', () => {
    expect(findBrowser('window', machine(['/usr/bin/chromium']))).toBe('/usr/bin/chromium');
    expect(findBrowser('window', machine(['/usr/bin/microsoft-edge'], { playwrightBrowser: () => null }))).toBe(
      '/usr/bin/microsoft-edge',
    );
  });

  it('passes over a program that does not start', () => {
    const programs = ['/usr/bin/chromium', '/snap/bin/chromium'];
    expect(findBrowser('window', machine(programs, {}, ['/usr/bin/chromium']))).toBe('/snap/bin/chromium');
  });

  it('takes one without windows for tests, and for nothing else', () => {
    const both = machine(['/usr/bin/chromium', '/usr/bin/chromium-headless-shell']);
    expect(findBrowser('test', both)).toBe('/usr/bin/chromium-headless-shell');
    expect(findBrowser('window', both)).toBe('/usr/bin/chromium');
    expect(findBrowser('test', machine(['/usr/bin/chromium']))).toBe('/usr/bin/chromium');
  });

  it('says so where there is none', () => {
    expect(findBrowser('window', machine([]))).toBeNull();
  });
});

describe('usualPaths', () => {
  it('knows Chrome and Edge on Windows, in the folders that the machine names', () => {
    const env = { PROGRAMFILES: 'C:\\Program Files', 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' };
    const paths = usualPaths({ platform: 'win32', env });
    expect(paths[0]).toBe('C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe');
    expect(paths).toContain('C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe');
  });

  it('knows applications on macOS, the user’s too', () => {
    const paths = usualPaths({ platform: 'darwin', env: { HOME: '/Users/ada' } });
    expect(paths).toContain('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
    expect(paths).toContain('/Users/ada/Applications/Chromium.app/Contents/MacOS/Chromium');
  });

  it('looks along PATH on Linux', () => {
    expect(usualPaths({ platform: 'linux', env: { PATH: '/a:/b' } })).toContain('/b/chromium');
  });
});
