import { describe, expect, it } from 'vitest';
import { systemLanguage } from './system-language.ts';

const ask = (env: Record<string, string>, files: Record<string, string> = {}) =>
  systemLanguage(['en', 'de', 'fr'], { env, read: (path) => files[path] ?? '' });

describe('the language of the system', () => {
  it('is that of the environment, as the C library reads it', () => {
    expect(ask({ LANG: 'de_AT.UTF-8' })).toBe('de');
    expect(ask({ LANG: 'de_DE.UTF-8', LC_ALL: 'fr_FR.UTF-8' })).toBe('fr');
    expect(ask({ LANG: 'de_DE.UTF-8', LC_MESSAGES: 'en_GB' })).toBe('en');
    expect(ask({ LANG: 'de_DE.UTF-8', LC_ALL: '' })).toBe('de');
    expect(ask({ LANG: 'de' })).toBe('de');
  });

  it('is that of the machine for a service that is started without one', () => {
    const debian = { '/etc/default/locale': '# set by the installer\nLANG="de_DE.UTF-8"\nLANGUAGE="de:en"\n' };
    expect(ask({}, debian)).toBe('de');
    expect(ask({ LANG: 'C.UTF-8' }, debian)).toBe('de');
    expect(ask({}, { '/etc/locale.conf': 'LANG=fr_CH.UTF-8\n' })).toBe('fr');
  });

  it('is none where there is none, or the page does not speak it', () => {
    expect(ask({})).toBeNull();
    expect(ask({ LANG: 'C' })).toBeNull();
    expect(ask({ LANG: 'POSIX' })).toBeNull();
    expect(ask({ LANG: 'pl_PL.UTF-8' })).toBeNull();
  });
});
