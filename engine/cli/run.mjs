// @ts-check
/**
 * The launcher behind every npm script: checks Node, installs missing packages, and runs the command's TypeScript.
 * Usage: node engine/cli/run.mjs COMMAND [arguments]
 */
import { spawn } from 'node:child_process';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { folderFault, installMissing, loaderSettings, nodeFault, userFolder } from './bootstrap.mjs';
import { npmAbove, whenGone } from './npm-above.mjs';

/** @type {Record<string, string[] | undefined>} */
const COMMANDS = {
  start: ['engine/cli/start.ts'],
  dev: ['engine/cli/dev.ts'],
  build: ['engine/cli/build.ts'],
  test: ['engine/cli/test.ts'],
  bench: ['engine/cli/bench.ts'],
  kiosk: ['engine/cli/kiosk.ts'],
  replay: ['engine/cli/replay.ts'],
  baselines: ['engine/cli/baselines.ts'],
  fuzz: ['engine/cli/fuzz.ts'],
  compilers: ['engine/cli/compilers.ts'],
  mutations: ['engine/cli/mutations.ts'],
  coverage: ['engine/cli/coverage.ts'],
  train: ['training/cli/train.ts'],
  evaluate: ['training/cli/evaluate.ts'],
  bake: ['training/cli/bake.ts'],
  unbake: ['training/cli/unbake.ts'],
  teach: ['training/cli/teach.ts'],
  docs: ['node_modules/typedoc/bin/typedoc'],
  lint: ['node_modules/eslint/bin/eslint.js', '.'],
  format: ['node_modules/prettier/bin/prettier.cjs', '--write', '.'],
  typecheck: ['node_modules/typescript/bin/tsc', '--noEmit'],
};

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * @param {string} line
 * @returns {never}
 */
function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

const [name = '', ...options] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
const fault = nodeFault(process.versions.node) ?? folderFault(root);
if (fault) fail(fault);
if (!command) fail(`There is no command "${name}"; there are ${Object.keys(COMMANDS).join(', ')}.`);

try {
  installMissing(root);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}

const [file = '', ...fixed] = command;
const loader = file.endsWith('.ts') ? ['--import', 'tsx'] : [];
// A command that loses its channel to the launcher stops, because signals can no longer reach it.
const guard = ['--import', pathToFileURL(join(root, 'engine/cli/end-with-launcher.mjs')).href];
const child = spawn(process.execPath, [...guard, ...loader, join(root, file), ...fixed, ...options], {
  cwd: root,
  env: {
    ...process.env,
    ...loaderSettings(tmpdir()),
    INIT_CWD: userFolder(name, process.env, process.cwd()),
  },
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
whenGone(npmAbove(), () => child.kill('SIGTERM'));
/** @type {NodeJS.Signals[]} */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];
for (const signal of forwarded) process.on(signal, () => child.kill(signal));
child.on('error', (error) => fail(`The command could not be started: ${error.message}.`));
child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
