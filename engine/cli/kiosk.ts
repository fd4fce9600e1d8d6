/** `npm run kiosk`: serves the page as an exhibit, shows it full screen, and keeps both running. */
import { text } from 'node:stream/consumers';
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
import { hashPassword } from './kiosk/wall/hands/passwords.ts';
import { buildSiteIfNeeded, PROJECT_FOLDER } from './site.ts';
import { DEFAULT_PORT, parsePort } from './static-server.ts';

const HELP = `Usage: npm run kiosk [-- options]

Serves the page as an exhibit, only to this machine unless the settings say
otherwise, and shows it full screen in this machine's browser, with a temporary
profile. Restarts the browser and the server whenever they exit, hang or fall
silent. Press Ctrl-C to stop it. At the address that it prints, /health reports the
state of the exhibit, and /metrics reports the same for Prometheus.

Options:
  --config FILE   the exhibit's settings, a JSON file; engine/cli/kiosk/README.md
                  describes them
  --check         checks whether this machine has everything that an exhibit needs, and
                  says what to do; exits with code 1 if something is missing
  --bundle FILE   writes everything that an exhibit needs except the browser and Node
                  into one archive, FILE.tar.gz, to install without a network
  --update FILE   replaces the installed exhibit with that of a bundle, as root; goes
                  back to the old one if it is not alive within two minutes
  --hash-password reads the operator's password from the standard input, and prints what
                  belongs into the settings in its place
  --once          exits with the browser instead of restarting it
  --help          shows this text

Environment:
  PORT            the port, instead of that in the settings; without either, the first
                  free one from 8080 on
  CHROMIUM_PATH   the browser; by default Playwright's own or the machine's`;

/** As for the other password of the settings. */
const LEAST_PASSWORD = 12;

const VERDICTS: Readonly<Record<Verdict, string>> = { well: 'ok   ', note: 'note ', fault: 'FAULT' };

function tell({ what, verdict, words }: Finding): void {
  console.log(`${VERDICTS[verdict]}  ${what}: ${words.replace(/[.?]$/, '')}`);
}

/** Reads the settings file of `--config`, or returns the defaults. It reads the file again at each call. */
type ReadSettings = () => KioskSettings;

async function updateInstalled(archive: string, portOf: () => number): Promise<void> {
  const root = installedRoot(PROJECT_FOLDER);
  if (root === null) throw new UserError('Only an installed exhibit can be updated; this is not one.');
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

async function printHash(): Promise<void> {
  if (process.stdin.isTTY) process.stderr.write('Password (it is shown as you type), then Enter and Ctrl-D:\n');
  const password = (await text(process.stdin)).replace(/\r?\n$/, '');
  if (password.length < LEAST_PASSWORD)
    throw new UserError(`The password must have at least ${LEAST_PASSWORD} characters.`);
  console.log(await hashPassword(password));
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
      'hash-password': { type: 'boolean' },
      once: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (values['hash-password'] === true) {
    await printHash();
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
