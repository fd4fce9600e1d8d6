/** Finds the other browsers in which end-to-end tests run. */
import { existsSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { UserError } from '../command-line/command.ts';
import { findBrowser, type Machine, thisMachine } from './find-browser.ts';

/** The names of their projects in Playwright's configuration. */
export const OTHER_BROWSERS = ['firefox', 'webkit', 'chromium-mesa'] as const;
export type OtherBrowser = (typeof OTHER_BROWSERS)[number];

export interface BrowserPrograms {
  /** The name to display. */
  readonly title: string;
  /** Everything that it needs, with its path, or null if it is not on this machine. */
  readonly programs: Readonly<Record<string, string | null>>;
}

/**
 * Looks for each of the browsers. FIREFOX_PATH names a Firefox that is not on the path.
 * @throws UserError if FIREFOX_PATH is set to something that is not a program
 */
export function findOtherBrowsers(machine: Machine = thisMachine): Readonly<Record<OtherBrowser, BrowserPrograms>> {
  const Xvfb = findCommand(machine, 'Xvfb');
  return {
    firefox: { title: 'Firefox', programs: { Firefox: findFirefox(machine), Xvfb } },
    webkit: {
      title: 'WebKit',
      programs: {
        WebKitWebDriver: findCommand(machine, 'WebKitWebDriver'),
        MiniBrowser: findLibrary(/^webkit2gtk-4\.\d$/, 'MiniBrowser'),
        Xvfb,
      },
    },
    'chromium-mesa': {
      title: 'Chromium on Mesa',
      programs: { Chromium: findBrowser('test', machine), 'Mesa’s llvmpipe': findLibrary(/^dri$/, 'swrast_dri.so') },
    },
  };
}

/** The programs that a browser needs and this machine lacks. */
export function missingPrograms({ programs }: BrowserPrograms): string[] {
  return Object.keys(programs).filter((name) => programs[name] === null);
}

export interface AbsentBrowser {
  /** Whether its absence is a failure. */
  readonly isRequired: boolean;
  /** One line for the user. */
  readonly message: string;
}

/**
 * The browsers that cannot be tested here.
 * @param required names of the required browsers, separated by commas
 * @throws UserError if one of the names is unknown
 */
export function absentBrowsers(found: Readonly<Record<OtherBrowser, BrowserPrograms>>, required = ''): AbsentBrowser[] {
  const names = required.split(',').filter((name) => name !== '');
  const unknown = names.find((name) => !(name in found));
  if (unknown !== undefined) {
    throw new UserError(`REQUIRED_BROWSERS names "${unknown}"; there are ${OTHER_BROWSERS.join(', ')}.`);
  }
  return OTHER_BROWSERS.flatMap((name) => {
    const missing = missingPrograms(found[name]);
    if (missing.length === 0) return [];
    const isRequired = names.includes(name);
    const lack = `this machine has no ${missing.join(', no ')}`;
    const outcome = isRequired ? 'failed: it is required, but' : 'skipped:';
    return [{ isRequired, message: `${found[name].title}: ${outcome} ${lack}` }];
  });
}

function findFirefox(machine: Machine): string | null {
  const chosen = machine.env['FIREFOX_PATH'];
  if (chosen === undefined || chosen === '') return findCommand(machine, 'firefox-esr', 'firefox');
  if (!machine.isProgram(chosen)) throw new UserError(`FIREFOX_PATH is "${chosen}", but there is no program.`);
  return chosen;
}

/** The path of the first of these commands that exists. */
function findCommand(machine: Machine, ...names: readonly string[]): string | null {
  const folders = (machine.env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
  const paths = names.flatMap((name) => folders.map((folder) => posix.join(folder, name)));
  return paths.find((path) => machine.isProgram(path)) ?? null;
}

/** A file in a folder under /usr/lib, where Debian has an extra folder for each processor architecture. */
function findLibrary(folder: RegExp, file: string): string | null {
  const root = '/usr/lib';
  const parents = [root, ...namesIn(root).map((name) => posix.join(root, name))];
  const paths = parents.flatMap((parent) =>
    namesIn(parent)
      .filter((name) => folder.test(name))
      .map((name) => posix.join(parent, name, file)),
  );
  return paths.find((path) => existsSync(path)) ?? null;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
