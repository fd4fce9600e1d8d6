/** Builds the engine as a library, and the examples that show it, into the site's folder. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { InlineConfig, Plugin } from 'vite';
import { UserError } from '../command-line/command.ts';
import { CONTENT_SECURITY_POLICY } from './security.ts';

const ENGINE = join(import.meta.dirname, '..');

/** The modules that programs import, in `engine/library/`. */
const LIBRARY_ENTRIES = ['index.ts', 'pixi.ts', 'element.ts'];

/** Pages whose program has to be bundled, in `engine/examples/`. */
const BUILT_EXAMPLES = ['minimal.html', 'pixi.html'];

/** Copied unchanged, to show what a page without a build step looks like. */
const PLAIN_EXAMPLE_FILES = ['embed.html', 'embed.js', 'element.html', 'examples.css'];

function libraryBuild(
  site: string,
  entry: string,
  file: string,
  external: RegExp[],
  plugins: Plugin[] = [],
): InlineConfig {
  return {
    plugins,
    configFile: false,
    root: ENGINE,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: join(site, 'lib'),
      emptyOutDir: false,
      target: 'es2022',
      lib: { entry: join(ENGINE, 'library', entry), formats: ['es'], fileName: () => file },
      rolldownOptions: {
        external,
        output: { codeSplitting: false },
        checks: { bundlerTimings: false },
      },
    },
  };
}

/** The element imports the library file next to it, so a page with both loads the library only once. */
function besideLibrary(): Plugin {
  return {
    name: 'beside-library',
    enforce: 'pre',
    resolveId: (source) => (source === '../index.ts' ? { id: './digits.js', external: true } : null),
  };
}

/**
 * Writes these into the folder of a built site: `lib/digits.js`, which is self-contained; `lib/digits-element.js`,
 * which imports it; `lib/digits-pixi.js`, which imports the user's own pixi.js; and `examples/`.
 */
export async function buildLibrary(site: string): Promise<void> {
  const { build } = await import('vite');
  await build(libraryBuild(site, 'index.ts', 'digits.js', []));
  await build(libraryBuild(site, 'pixi.ts', 'digits-pixi.js', [/^pixi\.js(\/|$)/]));
  await build(libraryBuild(site, 'element.ts', 'digits-element.js', [], [besideLibrary()]));
  await build({
    configFile: false,
    root: ENGINE,
    base: './',
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: site,
      emptyOutDir: false,
      target: 'es2022',
      assetsDir: 'examples/assets',
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: BUILT_EXAMPLES.map((file) => join(ENGINE, 'examples', file)),
        checks: { bundlerTimings: false },
      },
    },
  });
  const folder = join(site, 'examples');
  mkdirSync(folder, { recursive: true });
  for (const file of PLAIN_EXAMPLE_FILES) {
    writeFileSync(join(folder, file), readFileSync(join(ENGINE, 'examples', file)));
  }
  for (const file of [...BUILT_EXAMPLES, ...PLAIN_EXAMPLE_FILES.filter((name) => name.endsWith('.html'))])
    statePolicy(join(folder, file));
}

/** Puts the policy into the page itself, so that it also applies on static hosts. */
function statePolicy(path: string): void {
  const policy = `<head>\n    <meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}" />`;
  writeFileSync(path, readFileSync(path, 'utf8').replace('<head>', policy));
}

/**
 * Writes the library's types to `lib/types/` in the folder of a built site, but only those that its public functions
 * use.
 * @throws UserError if the sources do not pass the type check
 */
export async function buildTypes(site: string): Promise<void> {
  const { default: ts } = await import('typescript');
  const project = join(ENGINE, '..');
  const { config } = ts.readConfigFile(join(project, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, project);
  const program = ts.createProgram(
    LIBRARY_ENTRIES.map((entry) => join(ENGINE, 'library', entry)),
    {
      ...options,
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      stripInternal: true,
      rootDir: ENGINE,
      outDir: join(site, 'lib/types'),
    },
  );
  const declarations = new Map<string, string>();
  const { diagnostics } = program.emit(undefined, (path, text) => declarations.set(normalize(path), text));
  const [fault] = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (fault) throw new UserError(ts.flattenDiagnosticMessageText(fault.messageText, '\n'));
  const asDeclaration = (path: string): string => path.replace(/\.ts$/, '.d.ts');
  const reached = new Set(LIBRARY_ENTRIES.map((entry) => join(site, 'lib/types/library', asDeclaration(entry))));
  // Iterating over a set also visits elements that are added during the loop.
  for (const path of reached) {
    const text = declarations.get(path) ?? '';
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      if (fileName.startsWith('.')) reached.add(join(dirname(path), asDeclaration(fileName)));
    }
  }
}
