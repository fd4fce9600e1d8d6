/** `npm run kiosk`: serves the page as an exhibit, shows it full screen, and keeps both running. */
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../common/error-message.ts';
import { parseCommandLine, runCommand, UserError, userPath } from '../command-line/command.ts';
import { findOrInstallBrowser } from './find-browser.ts';
import { DEFAULT_KIOSK_SETTINGS, KIOSK_LANGUAGES, type KioskSettings } from '../page/features/kiosk/settings.ts';
import { type Browser, removeLeftovers, startBrowser } from './kiosk/browser.ts';
import { writeBundle } from './kiosk/bundle.ts';
import { checkMachine, type Finding, type Verdict } from './kiosk/check.ts';
import { Diagnosis } from './kiosk/diagnosis.ts';
import { HoursKeeper, LOOK_MILLISECONDS, runCommandLine } from './kiosk/hours-keeper.ts';
import { readKioskSettings } from './kiosk/read-settings.ts';
import { RotatingLog } from './kiosk/rotating-log.ts';
import { askHealth, type KioskServer, startServer } from './kiosk/server.ts';
import { shippedModels } from './kiosk/shipped-models.ts';
import { REAL_TIME, supervise } from './kiosk/supervise.ts';
import { stateFolder } from './kiosk/state-folder.ts';
import { systemLanguage } from './kiosk/system-language.ts';
import { installedRoot, update } from './kiosk/update.ts';
import { interruption } from './shutdown.ts';
import { buildSiteIfNeeded, PROJECT_FOLDER, SITE_FOLDER } from './site.ts';
import { DEFAULT_PORT, parsePort } from './static-server.ts';

const HELP = `Usage: npm run kiosk [-- options]

Serves the page as an exhibit, on this machine alone unless the settings say
otherwise, and shows it full screen in this machine's browser, with a profile of its
own that is removed afterwards. Browser and server are started again whenever they
end, hang or fall silent. Ends with Ctrl-C. Under the address that it prints, /health
tells how the exhibit fares, and /metrics the same for Prometheus.

Options:
  --config FILE   the exhibit's settings, one JSON file; what each may be stands in
                  engine/cli/kiosk/README.md
  --check         tells of each thing that an exhibit needs whether this machine has it,
                  and what to do; ends with code 1 if something is missing
  --bundle FILE   writes all that an exhibit needs but browser and Node into one archive,
                  FILE.tar.gz, and ends; a machine without a network installs it
  --update FILE   replaces the installed exhibit by that of a bundle, as root; takes it
                  back if it is not alive within two minutes
  --once          ends with the browser in place of starting it again
  --help          shows this text

Environment:
  PORT            the port, before that of the settings; without either, the first
                  free one from 8080 on
  CHROMIUM_PATH   the browser; without it, Playwright's own or the machine's`;

/** Writes to the standard error, and to the log's file if the settings name one. */
function makeLog({ supervision }: KioskSettings): (line: string) => void {
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

const VERDICTS: Readonly<Record<Verdict, string>> = { well: 'ok   ', note: 'note ', fault: 'FAULT' };

function tell({ what, verdict, words }: Finding): void {
  console.log(`${VERDICTS[verdict]}  ${what}: ${words.replace(/[.?]$/, '')}`);
}

/** `auto` is the system's language, as far as the page speaks it; else it is left to the browser. */
function languageOf({ language }: KioskSettings): KioskSettings['language'] {
  if (language !== 'auto') return language;
  const spoken = KIOSK_LANGUAGES.filter((each) => each !== 'auto');
  return spoken.find((each) => each === systemLanguage(spoken)) ?? 'auto';
}

await runCommand(async (args) => {
  const { values } = parseCommandLine({
    args,
    options: {
      config: { type: 'string' },
      check: { type: 'boolean' },
      bundle: { type: 'string' },
      update: { type: 'string' },
      once: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (values.bundle !== undefined) {
    await buildSiteIfNeeded();
    await writeBundle(userPath(values.bundle));
    return;
  }
  const models = shippedModels();
  const read = (): KioskSettings =>
    values.config === undefined ? DEFAULT_KIOSK_SETTINGS : readKioskSettings(userPath(values.config), models);
  const givenPort = parsePort(process.env['PORT']);
  if (values.update !== undefined) {
    const root = installedRoot(PROJECT_FOLDER);
    if (root === null) throw new UserError('Only an installed exhibit is updated; this is none.');
    const port = givenPort ?? read().supervision.port ?? DEFAULT_PORT;
    await update({
      archive: userPath(values.update),
      root,
      restart: () => runCommandLine(['systemctl', 'restart', 'self-classifying-digits']),
      health: () => askHealth(`http://localhost:${port}/`),
      sleep,
      log: console.log,
    });
    return;
  }
  if (values.check) {
    const languages = KIOSK_LANGUAGES.filter((each) => each !== 'auto');
    const verdict = await checkMachine({ read, defaults: DEFAULT_KIOSK_SETTINGS, languages, port: givenPort }, tell);
    if (verdict === 'fault') process.exitCode = 1;
    return;
  }
  const settings = read();
  const { supervision } = settings;
  const wantedPort = givenPort ?? supervision.port ?? null;
  const path = findOrInstallBrowser();
  await buildSiteIfNeeded();
  const log = makeLog(settings);
  removeLeftovers(log);
  const orders = {
    type: 'serve',
    folder: SITE_FOLDER,
    settings: { ...settings, language: languageOf(settings) },
    model: settings.model ?? models[0],
    launcherStartSeconds: (performance.timeOrigin + performance.now()) / 1000,
    stateFolder: stateFolder(),
    host: supervision.host ?? null,
  } as const;
  let shown: Browser | null = null;
  const help = {
    log,
    picture: async (): Promise<Buffer> => {
      if (!shown) throw new Error('no browser runs');
      return shown.devTools.screenshot(exhibit.href);
    },
  };
  let server: KioskServer = await startServer({ ...orders, port: wantedPort }, help);
  const { address, port } = server;
  const exhibit = new URL(address);
  exhibit.searchParams.set('kiosk', '1');
  console.log(`${path} shows`);
  console.log(exhibit.href);
  const browserOptions = { path, address: exhibit.href, flags: supervision.browserFlags };
  const interrupted = interruption();

  if (values.once) {
    try {
      const browser = await startBrowser(browserOptions).catch((error: unknown) => {
        throw new UserError(messageOf(error));
      });
      const first = await Promise.race([browser.exitCode, interrupted]);
      await browser.stop();
      if (typeof first === 'number' && first !== 0)
        throw new UserError(`The browser ${path} ended with code ${first}.`);
    } finally {
      await server.stop();
    }
    return;
  }

  let browserStarts = 0;
  let isFirstServer = true;
  const diagnosis = new Diagnosis(supervision);
  log('The exhibit is started.');
  const hours = new HoursKeeper({ settings, now: () => new Date(), run: runCommandLine, log });
  void hours.look();
  const looking = setInterval(() => void hours.look(), LOOK_MILLISECONDS);
  const common = { log, end: interrupted, time: REAL_TIME };
  await Promise.all([
    supervise({
      ...common,
      name: 'server',
      start: async () => {
        // The page knows the port, so that it stays the same.
        if (!isFirstServer) server = await startServer({ ...orders, port }, help);
        isFirstServer = false;
        server.browserStarted(browserStarts);
        return server;
      },
    }),
    supervise({
      ...common,
      name: 'browser',
      start: async () => {
        const browser = await startBrowser(browserOptions);
        shown = browser;
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
  clearInterval(looking);
  log('The exhibit is ended.');
});
