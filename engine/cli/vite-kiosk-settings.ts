/**
 * Writes the exhibit's settings to a file next to the page, with every default written out, so that it can be edited on
 * any static host without a build.
 */
import type { Plugin } from 'vite';
import { SETTINGS_FILE } from '../page/features/kiosk/load-settings.ts';
import { DEFAULT_KIOSK_SETTINGS } from '../page/features/kiosk/settings.ts';

export function viteKioskSettings(): Plugin {
  const source = `${JSON.stringify(DEFAULT_KIOSK_SETTINGS, null, 2)}\n`;
  return {
    name: 'kiosk-settings',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: SETTINGS_FILE, source });
    },
    configureServer(server) {
      server.middlewares.use(`/${SETTINGS_FILE}`, (_request, response) => {
        response.setHeader('Content-Type', 'application/json');
        response.end(source);
      });
    },
  };
}
