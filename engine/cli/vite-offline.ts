/**
 * Makes the page an installable app that works offline, with a manifest, icons, and a service worker that knows every
 * file that the page may need.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import { en } from '../page/shell/texts/en.ts';
import { drawIcon } from './icon.ts';

const WORKER = join(import.meta.dirname, '../page/shell/offline/service-worker.js');

/**
 * A text in every version of the page, and in no other page. The worker uses it to recognise whether an answer is the
 * page.
 */
const PAGE_MARK = 'self-classifying-digits:page';

const ICONS = [
  { src: './icons/192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
  { src: './icons/512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
  { src: './icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
] as const;

/** All addresses are relative, so the app works in any folder. */
const MANIFEST = {
  id: './',
  name: en.title,
  short_name: 'Digits',
  description: en.canvas.description,
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: '#eceef1',
  theme_color: '#f7f8fa',
  icons: ICONS,
};

/** @param entry the page's own HTML file, in the site's folder */
export function viteOffline(entry: string): Plugin[] {
  return [
    {
      name: 'app-manifest',
      apply: 'build',
      transformIndexHtml: (_html, { filename }) =>
        filename.endsWith(`/engine/${entry}`)
          ? [
              { tag: 'meta', attrs: { name: 'generator', content: PAGE_MARK }, injectTo: 'head' },
              { tag: 'link', attrs: { rel: 'manifest', href: './app.webmanifest' }, injectTo: 'head' },
              { tag: 'link', attrs: { rel: 'apple-touch-icon', href: './icons/192.png' }, injectTo: 'head' },
            ]
          : [],
      generateBundle() {
        for (const { src, sizes, purpose } of ICONS) {
          const source = drawIcon(Number.parseInt(sizes), purpose === 'maskable');
          this.emitFile({ type: 'asset', fileName: src.slice(2), source });
        }
        this.emitFile({ type: 'asset', fileName: 'app.webmanifest', source: JSON.stringify(MANIFEST, null, 2) });
      },
    },
    {
      name: 'service-worker',
      apply: 'build',
      enforce: 'post',
      generateBundle: {
        order: 'post',
        handler(_options, bundle) {
          const files = wantedFiles(bundle, entry);
          const hash = createHash('sha256').update(readFileSync(WORKER));
          for (const file of files) hash.update(`${file}\0`).update(contentOf(bundle[file]));
          // The page itself is requested by its folder.
          const addresses = files.map((file) => (file === entry ? './' : `./${file}`));
          const version = hash.digest('hex').slice(0, 16);
          const values = { VERSION: version, MARK: PAGE_MARK, FILES: addresses };
          const head = Object.entries(values)
            .map(([name, value]) => `const ${name} = ${JSON.stringify(value, null, 2)};\n`)
            .join('');
          this.emitFile({
            type: 'asset',
            fileName: 'service-worker.js',
            source: head + readFileSync(WORKER, 'utf8'),
          });
        },
      },
    },
  ];
}

/** Every file of the site, except those that only other pages need. */
function wantedFiles(bundle: Rolldown.OutputBundle, entry: string): string[] {
  const pages = Object.keys(bundle).filter((file) => file.endsWith('.html') && file !== entry);
  const entries = Object.values(bundle).filter((file) => file.type === 'chunk' && file.isEntry);
  const isPage = (chunk: Rolldown.OutputChunk): boolean => chunk.facadeModuleId?.endsWith(`/engine/${entry}`) === true;
  const own = reachable(bundle, entries.filter((chunk) => chunk.type === 'chunk' && isPage(chunk)).map(nameOf));
  const others = reachable(bundle, entries.filter((chunk) => chunk.type === 'chunk' && !isPage(chunk)).map(nameOf));
  return Object.keys(bundle)
    .filter((file) => !pages.includes(file) && !file.endsWith('.map') && (own.has(file) || !others.has(file)))
    .sort();
}

const nameOf = ({ fileName }: { fileName: string }): string => fileName;

function reachable(bundle: Rolldown.OutputBundle, from: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const open = [...from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const file = bundle[name];
    if (file?.type !== 'chunk') continue;
    open.push(...file.imports, ...file.dynamicImports, ...(file.viteMetadata?.importedCss ?? []));
    open.push(...(file.viteMetadata?.importedAssets ?? []));
  }
  return seen;
}

function contentOf(file: Rolldown.OutputAsset | Rolldown.OutputChunk): string | Uint8Array {
  return file.type === 'chunk' ? file.code : file.source;
}
