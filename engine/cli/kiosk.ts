/** `npm run kiosk`: serves the page and opens it full screen in the machine's browser. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCommandLine, runCommand, UserError } from './command.ts';
import { findOrInstallBrowser } from './find-browser.ts';
import { kioskAddress, readKioskSettings } from './kiosk-settings.ts';
import { interruption } from './shutdown.ts';
import { buildSiteIfNeeded, SITE_FOLDER } from './site.ts';
import { staticFiles } from './static-files.ts';
import { listen, parsePort } from './static-server.ts';

const HELP = `Usage: npm run kiosk [-- options]

Serves the page on this machine alone and opens it full screen in its browser, with
a profile of its own that is removed afterwards. Ends with the browser, or with Ctrl-C.

Options:
  --config FILE   settings for the page, one JSON object: model, seed, columns, rows,
                  tile, dropout, rate, palette, view, as in the page's query string
  --help          shows this text

Environment:
  PORT            the port; without it, the first free one from 8080 on
  CHROMIUM_PATH   the browser; without it, Playwright's own or the machine's`;

/** Full screen, nothing of the browser in the way, no gesture that leaves the page. */
function browserFlags(profile: string): string[] {
  return [
    '--kiosk',
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
    '--disable-features=Translate',
    // A wall without a visitor is not idle.
    '--disable-background-timer-throttling',
    '--disable-renderer-backgrounding',
    // Chromium refuses to run as root with its sandbox.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

/** How much of what the browser reports is kept, to be shown if it fails. */
const REPORT_CHARACTERS = 4_000;

/**
 * Runs the browser until it ends or `interrupted` resolves. A browser talks much on stderr that means nothing;
 * its last words are shown only if it fails.
 * @throws UserError if it cannot be started, or fails
 */
async function runBrowser(path: string, flags: string[], interrupted: Promise<unknown>): Promise<void> {
  const browser = spawn(path, flags, { stdio: ['ignore', 'ignore', 'pipe'] });
  let report = '';
  browser.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    report = (report + chunk).slice(-REPORT_CHARACTERS);
  });
  const ended = new Promise<number>((resolve, reject) => {
    browser.on('error', (error) => {
      reject(new UserError(`The browser ${path} could not be started: ${error.message}.`));
    });
    browser.on('exit', (code) => {
      resolve(code ?? 1);
    });
  });
  const first = await Promise.race([ended, interrupted.then(() => 'interrupted' as const)]);
  if (first === 'interrupted') {
    browser.kill('SIGTERM');
    const force = setTimeout(() => browser.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(force);
  } else if (first !== 0) {
    process.stderr.write(report);
    throw new UserError(`The browser ${path} ended with code ${first}.`);
  }
}

await runCommand(async (args) => {
  const { values } = parseCommandLine({ args, options: { config: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const settings = values.config === undefined ? {} : readKioskSettings(values.config);
  const port = parsePort(process.env['PORT']);
  const browser = findOrInstallBrowser();
  await buildSiteIfNeeded();
  const interrupted = interruption();
  const server = await listen(await staticFiles(SITE_FOLDER), { host: null, port });
  const profile = mkdtempSync(join(tmpdir(), 'digits-kiosk-'));
  try {
    const address = kioskAddress(server.address, settings);
    console.log(`${browser} shows`);
    console.log(address);
    await runBrowser(browser, [...browserFlags(profile), address], interrupted);
  } finally {
    await server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});
