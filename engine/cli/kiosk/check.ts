/** `npm run kiosk -- --check`: checks whether this machine can show the exhibit, with one line for each requirement. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DAYS, wallTime } from '../../page/features/kiosk/hours.ts';
import type { KioskSettings } from '../../page/features/kiosk/settings.ts';
import { messageOf } from '../../common/error-message.ts';
import { UserError } from '../../command-line/command.ts';
import { makeFolder, readTextIfAny } from '../../command-line/files.ts';
import { findBrowser } from '../find-browser.ts';
import { DEFAULT_PORT, listen } from '../static-server.ts';
import { startBrowser } from './browser.ts';
import { isSoftwareRenderer } from './health.ts';
import { logFileFault } from './read-settings.ts';
import { askHealth } from './server.ts';
import { stateFolder } from './state-folder.ts';
import { systemLanguage } from './system-language.ts';

/** `fault`: the exhibit will not run properly. `note`: it may run, but the operator should check this. */
export type Verdict = 'well' | 'note' | 'fault';

export interface Finding {
  readonly what: string;
  readonly verdict: Verdict;
  /** What there is, or what to do. */
  readonly words: string;
}

const well = (what: string, words: string): Finding => ({ what, verdict: 'well', words });
const note = (what: string, words: string): Finding => ({ what, verdict: 'note', words });
const fault = (what: string, words: string): Finding => ({ what, verdict: 'fault', words });

export interface CheckOptions {
  /** Reads the settings, or fails as the exhibit would. */
  readonly read: () => KioskSettings;
  /** Used if the settings are invalid. */
  readonly defaults: KioskSettings;
  readonly languages: readonly string[];
  /** Replaces the port of the settings, or null. */
  readonly port: number | null;
}

/** Checks everything in turn, and calls `tell` with each finding as soon as it is known. */
export async function checkMachine(options: CheckOptions, tell: (finding: Finding) => void): Promise<Verdict> {
  let worst: Verdict = 'well';
  const add = (findings: readonly Finding[]): void => {
    for (const finding of findings) {
      tell(finding);
      if (finding.verdict === 'fault' || worst === 'well') worst = finding.verdict;
    }
  };
  const { settings, findings } = readSettings(options);
  add(findings);
  const path = browserPath();
  add([path.finding]);
  if (path.found !== null) add([await checkWebGL(path.found, settings.supervision.browserFlags)]);
  add([checkScreen(), checkLanguage(settings, options.languages), checkFonts()]);
  add([checkLog(settings), checkState(), await checkPort(settings, options.port), checkClock(settings)]);
  return worst;
}

function readSettings({ read, defaults }: CheckOptions): { settings: KioskSettings; findings: Finding[] } {
  try {
    return { settings: read(), findings: [well('settings', 'nothing is wrong with them')] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { settings: defaults, findings: error.message.split('\n').map((line) => fault('settings', line)) };
  }
}

function browserPath(): { found: string | null; finding: Finding } {
  try {
    const found = findBrowser('window');
    if (found === null) {
      return { found, finding: fault('browser', 'there is none; install one, on Debian with: apt install chromium') };
    }
    const { stdout } = spawnSync(found, ['--version'], { encoding: 'utf8', timeout: 20_000 });
    return { found, finding: well('browser', `${found}, ${stdout.trim()}`) };
  } catch (error) {
    return { found: null, finding: fault('browser', messageOf(error)) };
  }
}

/** The address of an empty page, and how often to look for it until it has loaded. */
const EMPTY_PAGE = 'data:text/html,webgl';
const PAGE_ATTEMPTS = 40;
const ATTEMPT_MILLISECONDS = 500;

const RENDERER = `(() => {
  const gl = document.createElement('canvas').getContext('webgl2');
  return gl ? gl.getParameter(gl.getExtension('WEBGL_debug_renderer_info')?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER) : '';
})()`;

/** Opens a page without a window, with the same GPU. */
async function checkWebGL(path: string, flags: readonly string[]): Promise<Finding> {
  const what = 'WebGL2';
  try {
    const browser = await startBrowser({ path, address: EMPTY_PAGE, flags: ['--headless', ...flags] });
    try {
      const renderer = await askPage(() => browser.devTools.evaluate(EMPTY_PAGE, RENDERER));
      if (typeof renderer !== 'string' || renderer === '') {
        return fault(
          what,
          'the browser has none; install the driver of the GPU (on Debian: apt install libgl1-mesa-dri) and look at chrome://gpu. ' +
            'Without a GPU "browserFlags" may hold "--enable-unsafe-swiftshader", which is slow',
        );
      }
      return isSoftwareRenderer(renderer)
        ? note(what, `computes without a GPU, by ${renderer}, which is slow; install the driver of the GPU`)
        : well(what, renderer);
    } finally {
      await browser.stop();
    }
  } catch (error) {
    return fault(what, `could not be tried: ${messageOf(error)}`);
  }
}

async function askPage(ask: () => Promise<unknown>): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === PAGE_ATTEMPTS) throw error;
      await sleep(ATTEMPT_MILLISECONDS);
    }
  }
}

const CONNECTORS = '/sys/class/drm';

/** Where Linux lists the connected screens. */
function checkScreen(): Finding {
  const what = 'screen';
  if (!existsSync(CONNECTORS)) return note(what, 'this machine does not tell which screens are connected');
  const connected = readdirSync(CONNECTORS).filter(
    (name) => readTextIfAny(`${CONNECTORS}/${name}/status`).trim() === 'connected',
  );
  if (connected.length === 0) return fault(what, 'none is connected; check its cable, and that it is switched on');
  const words = connected.map((name) => {
    const [mode = 'of unknown size'] = readTextIfAny(`${CONNECTORS}/${name}/modes`).trim().split('\n');
    return `${name.replace(/^card\d+-/, '')} ${mode}`;
  });
  return well(what, words.join(', '));
}

function checkLanguage({ language }: KioskSettings, languages: readonly string[]): Finding {
  if (language !== 'auto') return well('language', `${language}, as the settings say`);
  const found = systemLanguage(languages);
  return found === null
    ? note('language', `the system's is none of ${languages.join(', ')}, so the browser decides; set "language"`)
    : well('language', `${found}, as the system's`);
}

function checkFonts(): Finding {
  const what = 'fonts';
  const { status, stdout } = spawnSync('fc-list', ['--format', '%{family}\n'], { encoding: 'utf8' });
  if (status !== 0) return note(what, 'this machine does not tell which there are');
  const families = new Set(stdout.split('\n').filter((line) => line !== ''));
  return families.size > 0
    ? well(what, `${families.size} families`)
    : fault(what, 'there are none, so that no text is seen; on Debian: apt install fonts-dejavu-core');
}

function checkLog({ supervision: { logFile } }: KioskSettings): Finding {
  if (logFile === undefined) return well('log', 'to the standard error alone, as no "logFile" is set');
  const words = logFileFault(logFile);
  return words === null ? well('log', logFile) : fault('log', `"${logFile}" ${words}`);
}

function checkState(): Finding {
  const folder = stateFolder();
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
    return well('counts', `in ${folder}`);
  } catch (error) {
    return note('counts', `cannot be kept in ${folder}: ${messageOf(error)}`);
  }
}

async function checkPort({ supervision }: KioskSettings, given: number | null): Promise<Finding> {
  const port = given ?? supervision.port ?? null;
  if (port === null || port === 0) return well('port', `the first free one from ${DEFAULT_PORT} on`);
  try {
    const server = await listen(async () => undefined, { host: supervision.host ?? null, port });
    await server.close();
    return well('port', `${port} is free`);
  } catch (error) {
    const report = await askHealth(`http://127.0.0.1:${port}/`);
    if (report?.status !== undefined) return well('port', `${port} is that of an exhibit that runs: ${report.status}`);
    return fault('port', messageOf(error).replace(/\.$/, ''));
  }
}

function checkClock({ timeZone, openingHours, quietHours }: KioskSettings): Finding {
  const what = 'clock';
  const { day, minutes } = wallTime(new Date(), timeZone);
  const digits = (value: number): string => String(value).padStart(2, '0');
  const now = `${DAYS[day]}, ${digits(Math.floor(minutes / 60))}:${digits(minutes % 60)}`;
  const { status, stdout } = spawnSync('timedatectl', ['show', '--property=NTPSynchronized', '--value'], {
    encoding: 'utf8',
  });
  if (status !== 0) return note(what, `${now}; this machine does not tell whether that comes from the network`);
  if (stdout.trim() === 'yes') return well(what, `${now}, from the network`);
  const words = `${now}, not from the network: it will go wrong; on Debian: apt install systemd-timesyncd && timedatectl set-ntp true`;
  return openingHours.length + quietHours.length > 0 ? fault(what, words) : note(what, words);
}
