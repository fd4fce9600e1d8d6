import { execFile, type ExecFileOptions, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROJECT_FOLDER } from './site.ts';

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

interface Place extends Pick<ExecFileOptions, 'cwd' | 'env' | 'uid'> {
  /** The project whose launcher is run; this one by default. */
  project?: string;
}

/** Runs the launcher as an npm script does, without npm. */
function launch(...args: string[]): Promise<Outcome> {
  return launchIn({}, ...args);
}

function launchIn({ project = PROJECT_FOLDER, ...options }: Place, ...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const launcher = join(project, 'engine', 'cli', 'run.mjs');
    execFile(process.execPath, [launcher, ...args], { cwd: project, ...options }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

const COMMANDS = [
  'start',
  'test',
  'build',
  'train',
  'evaluate',
  'bake',
  'unbake',
  'teach',
  'bench',
  'kiosk',
  'replay',
  'baselines',
  'fuzz',
  'mutations',
  'coverage',
];

/** Several processes at once on a busy machine. */
const TIMEOUT_MILLISECONDS = 60_000;

describe.concurrent.each(COMMANDS)('npm run %s', { timeout: TIMEOUT_MILLISECONDS }, (command) => {
  it('has --help that names the command, only on stdout', async () => {
    const { code, stdout, stderr } = await launch(command, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: npm (run )?${command}\\b`));
  });

  it('refuses an unknown option with one line that names it', async () => {
    const { code, stdout, stderr } = await launch(command, '--no-such-option');
    expect(code).toBeGreaterThan(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^[^\n]*no-such-option[^\n]*\n$/);
  });
});

describe('the launcher', () => {
  it('refuses an unknown command by name', async () => {
    for (const name of ['nonsense', 'toString']) {
      const { code, stderr } = await launch(name);
      expect(code).toBe(1);
      expect(stderr).toMatch(new RegExp(`^There is no command "${name}"[^\\n]*\\n$`));
    }
  });

  it('is behind every npm script', () => {
    const text = readFileSync(join(PROJECT_FOLDER, 'package.json'), 'utf8');
    const { scripts } = JSON.parse(text) as { scripts: Record<string, string> };
    const { prepack, ...commands } = scripts;
    // npm runs the script of this name before it packs.
    expect(prepack).toBe('npm run build');
    for (const [name, script] of Object.entries(commands)) expect(script).toBe(`node engine/cli/run.mjs ${name}`);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(COMMANDS));
  });

  it('leaves no lock behind', () => {
    expect(existsSync(join(PROJECT_FOLDER, 'install-lock.tmp'))).toBe(false);
  });
});

describe('commands', { timeout: TIMEOUT_MILLISECONDS }, () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nca-commands-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const model = join(PROJECT_FOLDER, 'assets', 'tiny.ktx2');

  it('resolve paths against the user’s folder, with npm or without it', async () => {
    const unbaked = await launchIn({ cwd: folder }, 'unbake', model, '--out', 'tiny.safetensors');
    expect(unbaked).toMatchObject({ code: 0, stderr: '' });
    const env = { ...process.env, npm_lifecycle_event: 'bake', INIT_CWD: folder };
    const baked = await launchIn({ env }, 'bake', 'tiny.safetensors', '--out', 'again.ktx2');
    expect(baked).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(folder).sort()).toEqual(['again.ktx2', 'tiny.safetensors']);
    const commands = [
      ['bake', 'no.safetensors', '--out', 'x.ktx2'],
      ['unbake', 'no.safetensors', '--out', 'x.safetensors'],
      ['evaluate', '--model', 'no.safetensors'],
      ['train', '--sweep', 'no.safetensors'],
      ['teach', '--model', 'no.safetensors', '--drawings', 'x.json', '--out', 'x.ktx2'],
      ['kiosk', '--config', 'no.safetensors'],
      ['replay', 'no.safetensors'],
    ];
    const outcomes = await Promise.all(commands.map((command) => launchIn({ cwd: folder }, ...command)));
    for (const { code, stderr } of outcomes) {
      expect(code).toBe(1);
      expect(stderr).toBe(`There is no file "${join(folder, 'no.safetensors')}".\n`);
    }
  });

  it('refuse a folder whose name the build tools cannot handle, before they install anything', async () => {
    const project = join(folder, 'a#b');
    cpSync(join(PROJECT_FOLDER, 'engine', 'cli'), join(project, 'engine', 'cli'), { recursive: true });
    const { code, stderr } = await launchIn({ project }, 'start');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The path of this folder contains "#"[^\n]*\n$/);
  });

  /** A user who may not write to a read-only folder. Root may, so root runs the command as another user. */
  const reader = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  const canRead = spawnSync(process.execPath, ['--version'], { cwd: join(PROJECT_FOLDER, 'node_modules'), ...reader });

  it.skipIf(process.platform === 'win32' || canRead.status !== 0)(
    'in a folder that cannot be written say so, or use an existing older site',
    async () => {
      const project = join(folder, 'project');
      for (const part of [
        'engine',
        'shaders',
        'assets',
        'package.json',
        'package-lock.json',
        'vite.config.ts',
        'tsconfig.json',
      ]) {
        cpSync(join(PROJECT_FOLDER, part), join(project, part), { recursive: true });
      }
      symlinkSync(join(PROJECT_FOLDER, 'node_modules'), join(project, 'node_modules'));
      chmodSync(folder, 0o755);
      chmodSync(project, 0o555);
      const environment = { ...process.env, CHROMIUM_PATH: process.execPath };
      // The folder for temporary files cannot be written either.
      const without = await launchIn({ project, env: { ...environment, TMPDIR: folder }, ...reader }, 'build');
      expect(without).toMatchObject({ code: 1, stdout: '' });
      expect(without.stderr).toBe(`The site cannot be built in ${project}: this user may not write there.\n`);
      chmodSync(project, 0o755);
      cpSync(join(PROJECT_FOLDER, 'engine', 'examples'), join(project, 'dist'), { recursive: true });
      writeFileSync(join(project, 'dist', 'index.html'), 'old');
      writeFileSync(join(project, 'dist', '.sources'), 'older');
      chmodSync(project, 0o555);
      const kiosk = await launchIn({ project, env: environment, ...reader }, 'kiosk', '--once');
      expect(kiosk.stderr).toContain('older than its sources');
      expect(kiosk.stdout).toContain('http://localhost:');
      chmodSync(project, 0o755);
    },
  );
});
