/** The language of the machine: the browser has that of a system only where its translations are installed. */
import { readFileSync } from 'node:fs';

/** As the C library reads them: the first that is set counts. */
const VARIABLES = ['LC_ALL', 'LC_MESSAGES', 'LANG'];

/** Debian's, then systemd's; a service may be started without either. */
const FILES = ['/etc/default/locale', '/etc/locale.conf'];

export interface System {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The text of a file; empty where there is none. */
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

/** The one of `languages`, such as `de`, that the system speaks, or null if it speaks none of them. */
export function systemLanguage(languages: readonly string[], { env, read }: System = THIS_SYSTEM): string | null {
  const settings = [env, ...FILES.map((file) => assignments(read(file)))];
  for (const setting of settings) {
    const locale = VARIABLES.map((name) => setting[name]).find((value) => value !== undefined && value !== '');
    // The C library's own, which is nobody's language, says no more than none.
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
