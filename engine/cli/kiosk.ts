/** `npm run kiosk`: serves the page as an exhibit, shows it full screen, and keeps both running. */
import { messageOf } from '../common/error-message.ts';
import { parseCommandLine, runCommand, UserError, userPath } from './command.ts';
import { findOrInstallBrowser } from './find-browser.ts';
import { DEFAULT_KIOSK_SETTINGS, type KioskSettings } from '../app/kiosk/settings.ts';
import { removeLeftovers, startBrowser } from './kiosk/browser.ts';
import { Diagnosis } from './kiosk/diagnosis.ts';
import { readKioskSettings } from './kiosk/read-settings.ts';
import { RotatingLog } from './kiosk/rotating-log.ts';
import { askHealth, type KioskServer, startServer } from './kiosk/server.ts';
import { REAL_TIME, supervise } from './kiosk/supervise.ts';
import { interruption } from './shutdown.ts';
import { buildSiteIfNeeded, SITE_FOLDER } from './site.ts';
import { parsePort } from './static-server.ts';

const HELP = `Usage: npm run kiosk [-- options]

Serves the page as an exhibit, on this machine alone unless the settings say
otherwise, and shows it full screen in this machine's browser, with a profile of its
own that is removed afterwards. Browser and server are started again whenever they
end, hang or fall silent. Ends with Ctrl-C. Under the address that it prints, /health
tells how the exhibit fares, and /metrics the same for Prometheus.

Options:
  --config FILE   the exhibit's settings, one JSON file; what each may be stands in
                  engine/cli/kiosk/README.md
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

await runCommand(async (args) => {
  const { values } = parseCommandLine({
    args,
    options: { config: { type: 'string' }, once: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const settings = values.config === undefined ? DEFAULT_KIOSK_SETTINGS : readKioskSettings(userPath(values.config));
  const { supervision } = settings;
  const wantedPort = parsePort(process.env['PORT']) ?? supervision.port ?? null;
  const path = findOrInstallBrowser();
  await buildSiteIfNeeded();
  const log = makeLog(settings);
  removeLeftovers(log);
  const orders = { type: 'serve', folder: SITE_FOLDER, settings, host: supervision.host ?? null } as const;
  let server: KioskServer = await startServer({ ...orders, port: wantedPort });
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
  const common = { log, end: interrupted, time: REAL_TIME };
  await Promise.all([
    supervise({
      ...common,
      name: 'server',
      start: async () => {
        // The page knows the port, so that it stays the same.
        if (!isFirstServer) server = await startServer({ ...orders, port });
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
        browserStarts += 1;
        diagnosis.browserStarted();
        server.browserStarted(browserStarts);
        return browser;
      },
      examine: async (ranSeconds) => diagnosis.examine(await askHealth(address), ranSeconds),
    }),
  ]);
  log('The exhibit is ended.');
});
