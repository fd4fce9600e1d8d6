/** The language of the machine. The browser only uses the system's language if its translations are installed. */
import { readFileSync } from 'node:fs';

/** In the order of the C library: the first one that is set is used. */
const VARIABLES = ['LC_ALL', 'LC_MESSAGES', 'LANG'];

/** The files of Debian and of systemd; a service may be started without either in its environment. */
const FILES = ['/etc/default/locale', '/etc/locale.conf'];

export interface System {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Returns the text of a file, or an empty text if there is none. */
  readonly read: (path: string) => string;
}

const THIS_SYSTEM: System = {
  env: process.env,
  read: (path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return '';
    }
  },
};

/** Returns the one of `languages`, such as `de`, that the system uses, or null if it uses none of them. */
export function systemLanguage(languages: readonly string[], { env, read }: System = THIS_SYSTEM): string | null {
  const settings = [env, ...FILES.map((file) => assignments(read(file)))];
  for (const setting of settings) {
    const locale = VARIABLES.map((name) => setting[name]).find((value) => value !== undefined && value !== '');
    // The C library's own locale is not a language, so it is treated as unset.
    if (locale === undefined || /^(?:C|POSIX)(?:\.|$)/.test(locale)) continue;
    const language = locale.split(/[_.@-]/, 1)[0].toLowerCase();
    return languages.includes(language) ? language : null;
  }
  return null;
}

/** `LANG="de_DE.UTF-8"` of every line. */
function assignments(text: string): Record<string, string> {
  const found = text.matchAll(/^\s*(?:export\s+)?(\w+)=(["']?)([^"'\n#]*)\2/gm);
  return Object.fromEntries([...found].map(([, name, , value]) => [name, value.trim()]));
}
