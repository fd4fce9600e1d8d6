import { describe, expect, it } from 'vitest';
import { lastWords } from './last-words.ts';

/** As Debian's Chromium 14x has written them on 29 November 2026. */
const NO_DBUS = [
  '[30969:31001:1129/065204.618972:ERROR:dbus/bus.cc:405] Failed to connect to the bus: Could not parse server address: Unknown address type (examples of valid types are "tcp" and on UNIX "unix")',
  '[30969:30969:1129/065204.620249:ERROR:dbus/object_proxy.cc:572] Failed to call method: org.freedesktop.DBus.NameHasOwner: object_path= /org/freedesktop/DBus: unknown error type: ',
];

describe('the last words of a browser', () => {
  it.each([
    [
      'without a screen',
      [
        '/usr/bin/chromium: 9: [: 25276063744: unexpected operator',
        '[30674:30674:1129/065139.745060:ERROR:ui/ozone/platform/x11/ozone_platform_x11.cc:257] Missing X server or $DISPLAY',
        '[30674:30674:1129/065139.746258:ERROR:ui/aura/env.cc:253] The platform failed to initialize.  Exiting.',
        ...NO_DBUS,
      ],
      'Missing X server or $DISPLAY',
    ],
    [
      'as root',
      [
        '[30712:30712:1129/065140.207369:ERROR:content/browser/zygote_host/zygote_host_impl_linux.cc:103] Running as root without --no-sandbox is not supported. See https://crbug.com/638180.',
      ],
      'Running as root without --no-sandbox is not supported. See https://crbug.com/638180.',
    ],
    [
      'without its compositor',
      [
        '[30917:30917:1129/065200.884088:ERROR:ui/aura/env.cc:253] The platform failed to initialize.  Exiting.',
        ...NO_DBUS,
        '[30938:30938:0100/000000.150464:ERROR:content/zygote/zygote_linux.cc:662] write: Broken pipe (32)',
      ],
      'The platform failed to initialize. Exiting.',
    ],
    [
      'whose X server has ended',
      [
        ...NO_DBUS,
        '[31013:31013:1129/065215.200541:ERROR:ui/gfx/x/connection.cc:64] X connection error received.',
        ...NO_DBUS,
      ],
      'X connection error received.',
    ],
    [
      'whose GPU process fell',
      [
        ...NO_DBUS,
        "[12:12:1129/070000.000001:FATAL:content/browser/gpu/gpu_data_manager_impl_private.cc:415] GPU process isn't usable. Goodbye.",
        ...NO_DBUS,
      ],
      "GPU process isn't usable. Goodbye.",
    ],
    [
      'that lacks a library',
      ['/usr/lib/chromium/chromium: error while loading shared libraries: libnss3.so: cannot open shared object file'],
      '/usr/lib/chromium/chromium: error while loading shared libraries: libnss3.so: cannot open shared object file',
    ],
    ['that says nothing of note', NO_DBUS, ''],
    ['that says nothing', [], ''],
  ])('of one %s name the cause', (_, lines, expected) => {
    expect(lastWords(lines.join('\n'))).toBe(expected);
  });

  it('are one line of a moderate length', () => {
    expect(lastWords(`[1:1:1129/070000.000001:FATAL:a.cc:1] ${'x'.repeat(10_000)}`).length).toBeLessThanOrEqual(300);
  });
});
