/** Serves the exhibit and shows it in a browser, once or until it is stopped. */
import { randomBytes } from 'node:crypto';
import { messageOf } from '../../common/error-message.ts';
import { KIOSK_LANGUAGES, type KioskSettings } from '../../page/features/kiosk/settings.ts';
import { screensOf, type WallSettings } from '../../page/features/kiosk/wall-settings.ts';
import { UserError } from '../../command-line/command.ts';
import { interruption } from '../shutdown.ts';
import { SITE_FOLDER } from '../site.ts';
import { type Browser, type BrowserOptions, removeLeftovers, startBrowser } from './browser.ts';
import { Diagnosis } from './diagnosis.ts';
import { HoursKeeper, LOOK_MILLISECONDS, runCommandLine } from './hours-keeper.ts';
import { RotatingLog } from './rotating-log.ts';
import { askHealth, type KioskServer, startServer } from './server.ts';
import { stateFolder } from './state-folder.ts';
import { REAL_TIME, supervise } from './supervise.ts';
import { systemLanguage } from './system-language.ts';

export interface LaunchOptions {
  readonly settings: KioskSettings;
  /** The model that is shown if the settings name none. */
  readonly defaultModel: string;
  /** The requested port, or null for any free one. */
  readonly port: number | null;
  /** The path of the browser. */
  readonly browserPath: string;
}

type Log = (line: string) => void;

/** The languages that an exhibit speaks, without `auto`. */
export const SPOKEN_LANGUAGES = KIOSK_LANGUAGES.filter((each) => each !== 'auto');

/** A running server, and how to restart it and the browser. */
interface Launched {
  readonly server: KioskServer;
  readonly startServer: () => Promise<KioskServer>;
  readonly startBrowser: () => Promise<Browser>;
}

/** Shows the exhibit until its browser or the command ends. */
export async function showOnce(options: LaunchOptions): Promise<void> {
  const { server, startBrowser } = await launch(options, makeLog(options.settings));
  const interrupted = interruption();
  try {
    if (!isShownHere(options.settings)) {
      await interrupted;
      return;
    }
    const browser = await startBrowser().catch((error: unknown) => {
      throw new UserError(messageOf(error));
    });
    const first = await Promise.race([browser.exitCode, interrupted]);
    await browser.stop();
    if (typeof first === 'number' && first !== 0) {
      throw new UserError(`The browser ${options.browserPath} ended with code ${first}.`);
    }
  } finally {
    await server.stop();
  }
}

/** Shows the exhibit until the command ends. Restarts the server and the browser whenever they exit or fail. */
export async function keepShowing(options: LaunchOptions): Promise<void> {
  const { settings } = options;
  const log = makeLog(settings);
  const launched = await launch(options, log);
  const end = interruption();
  log('The exhibit is started.');
  const hours = new HoursKeeper({ settings, now: () => new Date(), run: runCommandLine, log });
  void hours.look();
  const looking = setInterval(() => void hours.look(), LOOK_MILLISECONDS);
  await superviseBoth(launched, { settings, hours, log, end });
  clearInterval(looking);
  log('The exhibit is ended.');
}

async function superviseBoth(
  launched: Launched,
  given: {
    readonly settings: KioskSettings;
    readonly hours: HoursKeeper;
    readonly log: Log;
    readonly end: Promise<unknown>;
  },
): Promise<void> {
  const { settings, hours, log, end } = given;
  const { address } = launched.server;
  const diagnosis = new Diagnosis(settings.supervision);
  const common = { log, end, time: REAL_TIME };
  let { server } = launched;
  let isFirstServer = true;
  let browserStarts = 0;
  await Promise.all([
    supervise({
      ...common,
      name: 'server',
      start: async () => {
        if (!isFirstServer) server = await launched.startServer();
        isFirstServer = false;
        server.browserStarted(browserStarts);
        return server;
      },
    }),
    // A server of a wall whose screens are all elsewhere shows nothing itself.
    isShownHere(settings) &&
      supervise({
        ...common,
        name: 'browser',
        start: async () => {
          const browser = await launched.startBrowser();
          browserStarts += 1;
          diagnosis.browserStarted();
          server.browserStarted(browserStarts);
          return browser;
        },
        examine: async (ranSeconds) =>
          hours.takeRestart()
            ? 'it is time for the daily restart'
            : diagnosis.examine(await askHealth(address), ranSeconds),
      }),
  ]);
}

/** Starts the server, and returns how to start the browser on its address. */
async function launch({ settings, defaultModel, port, browserPath }: LaunchOptions, log: Log): Promise<Launched> {
  removeLeftovers(log);
  const { supervision } = settings;
  const wall = settings.wall && {
    ...settings.wall,
    token: settings.wall.token ?? randomBytes(18).toString('base64url'),
  };
  let shown: Browser | null = null;
  const orders = {
    type: 'serve',
    folder: SITE_FOLDER,
    settings: { ...settings, language: languageOf(settings), ...(wall ? { wall } : {}) },
    model: settings.model ?? defaultModel,
    launcherStartSeconds: (performance.timeOrigin + performance.now()) / 1000,
    stateFolder: stateFolder(),
    host: supervision.host ?? null,
  } as const;
  const help = {
    log,
    picture: async (): Promise<Buffer> => {
      if (!shown) throw new Error('no browser runs');
      return shown.devTools.screenshot(exhibit.href);
    },
  };
  const server = await startServer({ ...orders, port }, help);
  const exhibit = new URL(server.address);
  if (wall) {
    exhibit.searchParams.set('wall', '1');
    exhibit.searchParams.set('token', wall.token);
    if (wall.screen !== undefined) exhibit.searchParams.set('screen', `${wall.screen}`);
  } else exhibit.searchParams.set('kiosk', '1');
  if (wall) tellAddresses(exhibit, wall);
  if (isShownHere(settings)) {
    console.log(`${browserPath} shows`);
    console.log(exhibit.href);
  }
  const browserOptions: BrowserOptions = { path: browserPath, address: exhibit.href, flags: supervision.browserFlags };
  return {
    server,
    // The page knows the port, so it stays the same.
    startServer: () => startServer({ ...orders, port: server.port }, help),
    startBrowser: async () => {
      const browser = await startBrowser(browserOptions);
      shown = browser;
      return browser;
    },
  };
}

function isShownHere({ wall }: KioskSettings): boolean {
  return wall === undefined || wall.screen !== undefined;
}

/** Prints what to open on each screen of a wall. */
function tellAddresses(address: URL, wall: WallSettings): void {
  const shown = new URL(address);
  shown.searchParams.delete('screen');
  console.log(`To set up the wall: ${shown.href}`);
  screensOf(wall).forEach((_, index) => {
    shown.searchParams.set('screen', `${index + 1}`);
    console.log(`Screen ${index + 1}: ${shown.href}`);
  });
}

/** Writes to the standard error, and to the log's file if the settings name one. */
function makeLog({ supervision }: KioskSettings): Log {
  const print = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const { logFile, logMegabytes, logFiles } = supervision;
  if (logFile === undefined) return print;
  const options = { file: logFile, mostBytes: logMegabytes * 1e6, files: logFiles };
  const file = new RotatingLog(options, () => performance.now(), print);
  return (line) => {
    print(line);
    file.write(`${new Date().toISOString()} ${line}`);
  };
}

/** `auto` is the system's language, if the page has it; otherwise the browser decides. */
function languageOf({ language }: KioskSettings): KioskSettings['language'] {
  if (language !== 'auto') return language;
  return SPOKEN_LANGUAGES.find((each) => each === systemLanguage(SPOKEN_LANGUAGES)) ?? 'auto';
}
