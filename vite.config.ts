import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { IS_COUNTED } from './engine/cli/counting/folder.ts';
import { CONTENT_SECURITY_POLICY } from './engine/cli/security.ts';
import { viteKioskSettings } from './engine/cli/vite-kiosk-settings.ts';
import { viteModels } from './engine/cli/vite-models.ts';
import { viteOffline } from './engine/cli/vite-offline.ts';
import { viteShaders } from './engine/cli/vite-shaders.ts';

/** Any static host carries the policy too, since the page itself states it. */
function securityPolicy(): Plugin {
  return {
    name: 'security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}

export default defineConfig(() => {
  const engine = join(import.meta.dirname, 'engine');
  return {
    root: engine,
    // Relative addresses: the site runs from any folder of any static host.
    base: './',
    plugins: [
      viteModels(join(import.meta.dirname, 'assets')),
      viteKioskSettings(),
      viteOffline('index.html'),
      viteShaders(join(import.meta.dirname, 'shaders')),
      securityPolicy(),
    ],
    build: {
      outDir: '../dist',
      emptyOutDir: true,
      target: 'es2022',
      // The policy allows no script, style or font in a data: address.
      assetsInlineLimit: 0,
      ...(IS_COUNTED ? ({ sourcemap: 'inline', minify: false } as const) : {}),
      rolldownOptions: {
        input: ['index.html', 'bench/index.html', 'hand.html', 'operator.html'].map((page) => join(engine, page)),
        // On a busy machine it warns of nothing but that.
        checks: { bundlerTimings: false },
      },
    },
    server: { fs: { allow: [import.meta.dirname] } },
  };
});
