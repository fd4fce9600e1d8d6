import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT_FOLDER } from './site.ts';

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the launcher as an npm script does, without npm. */
function launch(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const launcher = join(PROJECT_FOLDER, 'engine', 'cli', 'run.mjs');
    execFile(process.execPath, [launcher, ...args], { cwd: PROJECT_FOLDER }, (error, stdout, stderr) => {
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
  it('has --help that names the command, on stdout alone', async () => {
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
    for (const [name, script] of Object.entries(scripts)) expect(script).toBe(`node engine/cli/run.mjs ${name}`);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(COMMANDS));
  });

  it('leaves no lock behind', () => {
    expect(existsSync(join(PROJECT_FOLDER, 'install-lock.tmp'))).toBe(false);
  });
});
