/**
 * Finds a browser of the Chromium family for the tests, the benchmark and the kiosk.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix, win32 } from 'node:path';
import type * as playwright from 'playwright';
import { UserError, userPath } from '../command-line/command.ts';

type Playwright = typeof playwright;

/** What the search asks of the machine; a test gives its own. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where Playwright keeps its own Chromium, installed or not; null if it does not know. */
  playwrightBrowser(): string | null;
  /** Whether there is a program at `path`. */
  isProgram(path: string): boolean;
  /** Whether it starts: some systems ship a program that only tells how to install the browser. */
  starts(path: string): boolean;
}

const MAC_APPLICATIONS = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const WINDOWS_PROGRAMS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];
const LINUX_NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];
/** Debian's browser without windows: tests need none, and it starts a page in two thirds of the time. */
const LINUX_HEADLESS_NAMES = ['chromium-headless-shell'];
const LINUX_FOLDERS = ['/usr/bin', '/usr/local/bin', '/opt/google/chrome', '/snap/bin'];

function isText(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

/** What a browser is wanted for: one that is seen, or, for tests, one that may do without windows. */
export type BrowserUse = 'window' | 'test';

/** Paths at which this kind of machine keeps a Chrome, Chromium or Edge, the likeliest first. */
export function usualPaths({ platform, env }: Pick<Machine, 'platform' | 'env'>, use: BrowserUse = 'window'): string[] {
  if (platform === 'win32') {
    const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(isText);
    return WINDOWS_PROGRAMS.flatMap((program) => folders.map((folder) => win32.join(folder, program)));
  }
  if (platform === 'darwin') {
    const folders = ['/Applications', ...[env['HOME']].filter(isText).map((home) => posix.join(home, 'Applications'))];
    return MAC_APPLICATIONS.flatMap((name) => folders.map((folder) => `${folder}/${name}.app/Contents/MacOS/${name}`));
  }
  const folders = [...(env['PATH'] ?? '').split(':').filter(isText), ...LINUX_FOLDERS];
  const names = use === 'test' ? [...LINUX_HEADLESS_NAMES, ...LINUX_NAMES] : LINUX_NAMES;
  return names.flatMap((name) => folders.map((folder) => posix.join(folder, name)));
}

/**
 * The path of a browser: that of CHROMIUM_PATH, else Playwright's own, else one of the machine; null if there is none.
 * @throws UserError if CHROMIUM_PATH is set to something that is no browser
 */
export function findBrowser(use: BrowserUse = 'window', machine: Machine = thisMachine): string | null {
  const given = machine.env['CHROMIUM_PATH'];
  if (isText(given)) {
    const chosen = userPath(given);
    if (!machine.isProgram(chosen)) throw new UserError(`CHROMIUM_PATH is "${chosen}", but there is no program.`);
    if (!machine.starts(chosen)) throw new UserError(`CHROMIUM_PATH is "${chosen}", but that does not start.`);
    return chosen;
  }
  const own = machine.playwrightBrowser();
  const candidates = new Set([...(own === null ? [] : [own]), ...usualPaths(machine, use)]);
  return [...candidates].find((path) => machine.isProgram(path) && machine.starts(path)) ?? null;
}

/**
 * A browser, installing Playwright's where the machine has none.
 * @throws UserError if none can be had
 */
export function findOrInstallBrowser(use: BrowserUse = 'window'): string {
  const found = findBrowser(use);
  if (found !== null) return found;
  const playwright = playwrightPath();
  if (playwright !== null) {
    process.stderr.write("There is no Chrome, Chromium or Edge on this machine: installing Playwright's Chromium …\n");
    spawnSync(process.execPath, [join(dirname(playwright), 'cli.js'), 'install', 'chromium'], {
      stdio: ['ignore', 2, 2],
    });
    const installed = findBrowser(use);
    if (installed !== null) return installed;
  }
  throw new UserError(
    'There is no browser, and none could be installed: install Chrome, Chromium or Edge, or set CHROMIUM_PATH to one.',
  );
}

/** Where Playwright's program is; null in a bundle, which comes without. */
function playwrightPath(): string | null {
  try {
    return createRequire(import.meta.url).resolve('playwright');
  } catch {
    return null;
  }
}

/** The machine this runs on. */
export const thisMachine: Machine = {
  platform: process.platform,
  env: process.env,
  playwrightBrowser() {
    const path = playwrightPath();
    if (path === null) return null;
    // Loading Playwright takes half a second; who only wants another browser need not.
    const { chromium } = createRequire(import.meta.url)(path) as Playwright;
    return chromium.executablePath() || null;
  },
  isProgram(path) {
    try {
      if (!statSync(path).isFile()) return false;
      if (process.platform !== 'win32') accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  },
  starts(path) {
    // On Windows, --version opens a window.
    if (process.platform === 'win32') return true;
    return spawnSync(path, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0;
  },
};
