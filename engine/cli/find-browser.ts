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

/** What the search needs to know about the machine; tests pass their own. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where Playwright keeps its own Chromium, installed or not; null if it does not know. */
  playwrightBrowser(): string | null;
  /** Whether there is a program at `path`. */
  isProgram(path: string): boolean;
  /** Whether it starts: some systems ship a program that only says how to install the browser. */
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
/** Debian's browser without windows. Tests need no window, and it opens a page in two thirds of the time. */
const LINUX_HEADLESS_NAMES = ['chromium-headless-shell'];
const LINUX_FOLDERS = ['/usr/bin', '/usr/local/bin', '/opt/google/chrome', '/snap/bin'];

function isText(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

/** What a browser is for: a visible window, or tests, which need no window. */
export type BrowserUse = 'window' | 'test';

/** Paths where this platform usually has a Chrome, Chromium or Edge, the most likely first. */
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
 * The path of a browser: that of CHROMIUM_PATH, or else Playwright's own, or else one installed on the machine, or
 * null.
 * @throws UserError if CHROMIUM_PATH is set to something that is not a browser
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
 * Returns a browser, and installs Playwright's if the machine has none.
 * @throws UserError if none is found and none can be installed
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

/** The path of Playwright's command; null in a bundle, which does not contain it. */
function playwrightPath(): string | null {
  try {
    return createRequire(import.meta.url).resolve('playwright');
  } catch {
    return null;
  }
}

/** The machine that this runs on. */
export const thisMachine: Machine = {
  platform: process.platform,
  env: process.env,
  playwrightBrowser() {
    const path = playwrightPath();
    if (path === null) return null;
    // Loading Playwright takes half a second, so it is only loaded when its own browser is considered.
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
