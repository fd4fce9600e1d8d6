/** The exhibit's browser: full screen, with a clean profile. Stopping it ends all its processes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../common/error-message.ts';
import { DevTools, DEVTOOLS_FLAG } from './devtools.ts';
import { lastWords } from './last-words.ts';
import type { Ward } from './supervise.ts';

const PROFILE_PREFIX = 'digits-kiosk-';
/** A file in a profile's folder that says which processes use it. */
const OWNER_FILE = 'owner.json';

/**
 * Flags for full screen without browser UI, without gestures that leave the page, and without throttling while nobody
 * is watching.
 */
export function browserFlags(profile: string, more: readonly string[]): string[] {
  return [
    '--kiosk',
    DEVTOOLS_FLAG,
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--noerrdialogs',
    '--disable-session-crashed-bubble',
    '--disable-infobars',
    '--disable-pinch',
    '--overscroll-history-navigation=0',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-features=Translate,TouchpadOverscrollHistoryNavigation',
    '--password-store=basic',
    // The heap size is reported exactly, to detect leaks.
    '--enable-precise-memory-info',
    // A wall without visitors is not idle.
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    ...(isOnWayland() && !more.some((flag) => flag.startsWith('--ozone-platform')) ? ['--ozone-platform=wayland'] : []),
    // Chromium refuses to run as root with its sandbox.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...more,
  ];
}

/** How much of the browser's output is kept, to search it when the browser exits. */
const REPORT_CHARACTERS = 16_000;
/** How long to wait for a page to appear … */
const PAGE_SECONDS = 60;
/** … and for a window manager to make the window full screen. */
const WINDOW_MILLISECONDS = 3000;
const STOP_MILLISECONDS = 5000;

export interface BrowserOptions {
  readonly path: string;
  readonly address: string;
  readonly flags: readonly string[];
}

/** A running browser, and how it ended: its exit code, or null if a signal ended it. */
export interface Browser extends Ward {
  readonly devTools: DevTools;
  readonly exitCode: Promise<number | null>;
}

/**
 * Starts the browser in a new, empty profile that is removed with it.
 * @throws if there is no such program
 */
export async function startBrowser({ path, address, flags }: BrowserOptions): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), PROFILE_PREFIX));
  // Files that it leaves there are removed with the profile.
  const temporary = join(profile, 'tmp');
  mkdirSync(temporary);
  const child = spawn(path, [...browserFlags(profile, flags), address], {
    // The last two are for the developer tools.
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: temporary },
    // It gets its own process group, so that all its processes can be ended together.
    detached: process.platform !== 'win32',
  });
  writeFileSync(join(profile, OWNER_FILE), JSON.stringify({ launcher: process.pid, browser: child.pid }));
  let report = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    report = (report + chunk).slice(-REPORT_CHARACTERS);
  });
  const exitCode = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  const clean = (): void => removeFolder(profile);
  try {
    await new Promise<void>((resolve, reject) => {
      child.on('spawn', resolve);
      child.on('error', reject);
    });
  } catch (error) {
    exitCode.catch(() => undefined);
    clean();
    throw new Error(`the browser ${path} could not be started: ${messageOf(error)}`, { cause: error });
  }
  const [, , , orders, answers] = child.stdio;
  const devTools = new DevTools(orders as Writable, answers as Readable);
  if (isOnX()) void fillScreen(devTools, address);
  return {
    exitCode,
    devTools,
    ended: exitCode.then((code) => {
      const words = lastWords(report);
      const how = code === null ? 'it was killed' : `it ended with code ${code}`;
      return words === '' ? how : `${how}, its last words being "${words}"`;
    }),
    stop: async (isIll = false) => {
      // A hung page keeps a browser from exiting, and the profile is deleted in any case.
      signalGroup(child, isIll ? 'SIGKILL' : 'SIGTERM');
      const force = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_MILLISECONDS);
      await exitCode;
      clearTimeout(force);
      // Its child processes may outlive it.
      signalGroup(child, 'SIGKILL');
      clean();
    },
  };
}

function isOnWayland(): boolean {
  return process.platform === 'linux' && (process.env['WAYLAND_DISPLAY'] ?? '') !== '';
}

function isOnX(): boolean {
  return process.platform === 'linux' && !isOnWayland() && (process.env['DISPLAY'] ?? '') !== '';
}

/** If no window manager has made the window full screen, this does so once the page is shown. */
async function fillScreen(devTools: DevTools, address: string): Promise<void> {
  for (let waited = 0; waited < PAGE_SECONDS * 1000; waited += WINDOW_MILLISECONDS) {
    await sleep(WINDOW_MILLISECONDS, undefined, { ref: false });
    try {
      await devTools.fillScreen(address);
      return;
    } catch {
      // The page is not there yet, or the browser has ended.
    }
  }
}

function signalGroup({ pid }: Pick<ChildProcess, 'pid'>, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // There is none left.
  }
}

/**
 * Ends the browsers and removes the profiles of launchers that were killed and could not do so themselves. A process is
 * only ended if its command line names the profile.
 */
export function removeLeftovers(log: (line: string) => void): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PROFILE_PREFIX))) {
    const profile = join(tmpdir(), name);
    const owner = readOwner(profile);
    if (!owner || isRunning(owner.launcher)) continue;
    if (commandLine(owner.browser).includes(profile)) {
      log('Ending a browser that an earlier launcher left behind.');
      signalGroup({ pid: owner.browser }, 'SIGKILL');
    }
    removeFolder(profile);
  }
}

function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  } catch {
    // If a file is still in use, the next launcher removes it with the folder.
  }
}

function readOwner(profile: string): { launcher: number; browser: number } | null {
  try {
    const value: unknown = JSON.parse(readFileSync(join(profile, OWNER_FILE), 'utf8'));
    if (typeof value !== 'object' || value === null) return null;
    const { launcher, browser } = value as Record<string, unknown>;
    return typeof launcher === 'number' && typeof browser === 'number' ? { launcher, browser } : null;
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The command line of a process, or an empty text if the system does not provide it. */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
