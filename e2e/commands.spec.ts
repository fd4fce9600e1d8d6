/**
 * The commands that serve the page, run as a person runs them.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

const root = join(import.meta.dirname, '..');
const launcher = join(root, 'engine', 'cli', 'run.mjs');

const running = new Set<Command>();

// A test that fails half way leaves no server behind.
test.afterEach(async () => {
  const left = [...running];
  for (const command of left) command.process.kill('SIGTERM');
  await Promise.all(left.map(({ ended }) => ended));
});

class Command {
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
  stdout = '';
  stderr = '';

  constructor(args: string[], env: Record<string, string> = {}) {
    const { PORT, ...inherited } = process.env;
    this.process = spawn(process.execPath, [launcher, ...args], { cwd: root, env: { ...inherited, ...env } });
    running.add(this);
    this.process.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.process.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.ended = new Promise((resolve) => {
      this.process.on('close', (code) => {
        running.delete(this);
        resolve(code);
      });
    });
  }

  /** The address that the command prints on a line of its own. */
  async address(): Promise<string> {
    const line = /^http:\/\/localhost:\d+\/.*$/m;
    await expect.poll(() => line.test(this.stdout), { timeout: 30_000 }).toBe(true);
    return line.exec(this.stdout)?.[0] ?? '';
  }
}

/** The first child of a process. */
function childOf(pid: number | undefined): number {
  return Number(execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }).split('\n')[0]);
}

/** Takes a free port as another program would. */
async function takePort(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The port is not known.');
  return { server, port: address.port };
}

test.describe('npm start', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`serves the page until ${signal}, which ends it well`, async () => {
      const command = new Command(['start'], { PORT: '0' });
      const address = await command.address();
      const response = await fetch(address);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
      command.process.kill(signal);
      expect(await command.ended).toBe(0);
      await expect(fetch(address)).rejects.toThrow();
      expect(command.stderr).toBe('');
    });
  }

  test('ends well although the signal arrives several times, as from a terminal through npm', async () => {
    const command = new Command(['start'], { PORT: '0' });
    await command.address();
    // Until the very end: a signal must do no harm to a process that is about to end either.
    const again = setInterval(() => command.process.kill('SIGINT'), 1);
    expect(await command.ended.finally(() => clearInterval(again))).toBe(0);
  });

  test('takes the next free port if PORT is unset', async () => {
    const first = new Command(['start']);
    const second = new Command(['start']);
    const ports = [new URL(await first.address()).port, new URL(await second.address()).port].map(Number);
    first.process.kill('SIGTERM');
    second.process.kill('SIGTERM');
    expect(Math.min(...ports)).toBeGreaterThanOrEqual(8080);
    expect(ports[0]).not.toBe(ports[1]);
    expect(await Promise.all([first.ended, second.ended])).toEqual([0, 0]);
  });

  test('refuses a PORT that is taken, or none, with one line', async () => {
    const { server, port } = await takePort();
    const taken = new Command(['start'], { PORT: String(port) });
    const wrong = new Command(['start'], { PORT: 'eighty' });
    expect(await Promise.all([taken.ended, wrong.ended])).toEqual([1, 1]);
    expect(taken.stderr).toMatch(new RegExp(`^Port ${port} is taken[^\\n]*\\n$`));
    expect(wrong.stderr).toMatch(/^PORT is "eighty"[^\n]*\n$/);
    server.close();
  });
});

test.describe('npm run kiosk', () => {
  let folder = '';

  test.beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kiosk-test-'));
  });

  test.afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** A program in the browser's place that writes down its arguments, then does as told. */
  function standIn(then: string): string {
    const path = join(folder, 'browser');
    const log = join(folder, 'arguments');
    writeFileSync(path, `#!/bin/sh\n[ "$1" = --version ] && exit 0\nprintf '%s\\n' "$@" > '${log}'\n${then}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  function givenArguments(): string[] {
    const log = join(folder, 'arguments');
    return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
  }

  test('opens the page full screen with its settings, and leaves nothing behind', async () => {
    const settings = join(folder, 'settings.json');
    writeFileSync(settings, '{"canvas": {"columns": 12}, "palette": "safe"}');
    const command = new Command(['kiosk', '--config', settings], {
      PORT: '0',
      CHROMIUM_PATH: standIn('exec sleep 60'),
    });
    const address = await command.address();
    await expect.poll(() => givenArguments().at(-1)).toBe(address);
    expect(new URL(address).search).toBe('?kiosk=1');
    const handed = (await (await fetch(new URL('kiosk.json', address))).json()) as Record<string, unknown>;
    expect(handed).toMatchObject({ canvas: { columns: 12, tile: 32 }, palette: 'safe', idleSeconds: 30 });
    expect((await fetch(new URL('health', address))).status).toBe(503);
    expect(givenArguments()).toContain('--kiosk');
    const profile =
      givenArguments()
        .find((argument) => argument.startsWith('--user-data-dir='))
        ?.split('=')[1] ?? '';
    expect(existsSync(profile)).toBe(true);
    expect((await fetch(address)).status).toBe(200);
    command.process.kill('SIGINT');
    expect(await command.ended).toBe(0);
    expect(existsSync(profile)).toBe(false);
  });

  test('starts a browser that ends again', async () => {
    const command = new Command(['kiosk'], { PORT: '0', CHROMIUM_PATH: standIn('exit 7') });
    await command.address();
    await expect.poll(() => command.stderr).toMatch(/^The browser is started again in 1 s: it ended with code 7\.$/m);
    await expect.poll(() => command.stderr).toMatch(/^The browser is started again in 2 s/m);
    command.process.kill('SIGTERM');
    expect(await command.ended).toBe(0);
  });

  test('starts a server that was killed again, on the same port', async () => {
    const command = new Command(['kiosk'], { PORT: '0', CHROMIUM_PATH: standIn('exec sleep 60') });
    const address = await command.address();
    const serverPid = execFileSync('pgrep', ['-f', '-P', String(childOf(command.process.pid)), 'server-process'], {
      encoding: 'utf8',
    });
    process.kill(Number(serverPid), 'SIGKILL');
    await expect
      .poll(() => command.stderr)
      .toMatch(/^The server is started again in 1 s: it was killed by SIGKILL\.$/m);
    await expect
      .poll(
        () =>
          fetch(address).then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 30_000 },
      )
      .toBe(200);
    command.process.kill('SIGTERM');
    expect(await command.ended).toBe(0);
  });

  test('with --once ends with the browser, and says so if that failed', async () => {
    const closed = new Command(['kiosk', '--once'], { PORT: '0', CHROMIUM_PATH: standIn('exit 0') });
    expect(await closed.ended).toBe(0);
    const failed = new Command(['kiosk', '--once'], { PORT: '0', CHROMIUM_PATH: standIn('exit 7') });
    expect(await failed.ended).toBe(1);
    expect(failed.stderr).toMatch(/^The browser [^\n]* ended with code 7\.\n$/);
  });

  test('refuses settings and browsers that it cannot use', async () => {
    const absent = new Command(['kiosk', '--config', join(folder, 'absent.json')], { PORT: '0' });
    const browser = new Command(['kiosk'], { PORT: '0', CHROMIUM_PATH: join(folder, 'absent') });
    expect(await Promise.all([absent.ended, browser.ended])).toEqual([1, 1]);
    expect(absent.stderr).toMatch(/^There is no file [^\n]*absent\.json[^\n]*\n$/);
    expect(browser.stderr).toMatch(/^CHROMIUM_PATH is [^\n]*\n$/);
  });
});
