/** `npm run kiosk`: serves the page as an exhibit, shows it full screen, and keeps both running. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_KIOSK_SETTINGS, type KioskSettings } from '../page/features/kiosk/settings.ts';
import { parseCommandLine, runCommand, UserError, userPath } from '../command-line/command.ts';
import { findOrInstallBrowser } from './find-browser.ts';
import { writeBundle } from './kiosk/bundle.ts';
import { checkMachine, type Finding, type Verdict } from './kiosk/check.ts';
import { runCommandLine } from './kiosk/hours-keeper.ts';
import { keepShowing, type LaunchOptions, showOnce, SPOKEN_LANGUAGES } from './kiosk/launch.ts';
import { readKioskSettings } from './kiosk/read-settings.ts';
import { askHealth } from './kiosk/server.ts';
import { shippedModels } from './kiosk/shipped-models.ts';
import { installedRoot, update } from './kiosk/update.ts';
import { buildSiteIfNeeded, PROJECT_FOLDER } from './site.ts';
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

const VERDICTS: Readonly<Record<Verdict, string>> = { well: 'ok   ', note: 'note ', fault: 'FAULT' };

function tell({ what, verdict, words }: Finding): void {
  console.log(`${VERDICTS[verdict]}  ${what}: ${words.replace(/[.?]$/, '')}`);
}

/** The settings' file of `--config`, or the defaults; read anew at each call. */
type ReadSettings = () => KioskSettings;

async function updateInstalled(archive: string, portOf: () => number): Promise<void> {
  const root = installedRoot(PROJECT_FOLDER);
  if (root === null) throw new UserError('Only an installed exhibit is updated; this is none.');
  const port = portOf();
  await update({
    archive,
    root,
    restart: () => runCommandLine(['systemctl', 'restart', 'self-classifying-digits']),
    health: () => askHealth(`http://localhost:${port}/`),
    sleep,
    log: console.log,
  });
}

async function checkThisMachine(read: ReadSettings, port: number | null): Promise<void> {
  const verdict = await checkMachine(
    { read, defaults: DEFAULT_KIOSK_SETTINGS, languages: SPOKEN_LANGUAGES, port },
    tell,
  );
  if (verdict === 'fault') process.exitCode = 1;
}

async function show(
  settings: KioskSettings,
  given: Pick<LaunchOptions, 'defaultModel' | 'port'>,
  once: boolean,
): Promise<void> {
  const browserPath = findOrInstallBrowser();
  await buildSiteIfNeeded();
  const options = { ...given, settings, browserPath };
  await (once ? showOnce(options) : keepShowing(options));
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
  const read: ReadSettings = () =>
    values.config === undefined ? DEFAULT_KIOSK_SETTINGS : readKioskSettings(userPath(values.config), models);
  const askedPort = parsePort(process.env['PORT']);
  if (values.update !== undefined) {
    await updateInstalled(userPath(values.update), () => askedPort ?? read().supervision.port ?? DEFAULT_PORT);
    return;
  }
  if (values.check) {
    await checkThisMachine(read, askedPort);
    return;
  }
  const settings = read();
  const port = askedPort ?? settings.supervision.port ?? null;
  await show(settings, { defaultModel: models[0], port }, values.once === true);
});
