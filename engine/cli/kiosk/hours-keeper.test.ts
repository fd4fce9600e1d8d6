import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HoursKeeper, type HoursKeeperOptions, runCommandLine } from './hours-keeper.ts';

type Supervision = HoursKeeperOptions['settings']['supervision'];

/** A keeper by a clock that the test moves, in Berlin, open from nine to six. */
function keeper(supervision: Supervision, run: HoursKeeperOptions['run'] = async () => undefined) {
  const made = { now: '2026-11-24T08:00:00Z', ran: [] as string[], lines: [] as string[] };
  const hours = new HoursKeeper({
    settings: { openingHours: [{ from: '09:00', to: '18:00' }], timeZone: 'Europe/Berlin', supervision },
    now: () => new Date(made.now),
    run: async (command) => {
      made.ran.push(command.join(' '));
      await run(command);
    },
    log: (line) => made.lines.push(line),
  });
  const at = async (moment: string): Promise<void> => {
    made.now = moment;
    await hours.look();
  };
  return { ...made, hours, at };
}

const HOOKS = { onOpen: ['screen', 'on'], onClose: ['screen', 'off'] };

describe('opening and closing', () => {
  it('each run their command once, and the one that holds at the start as well', async () => {
    const { at, ran } = keeper(HOOKS);
    await at('2026-11-24T07:59:50Z');
    expect(ran).toEqual(['screen off']);
    await at('2026-11-24T08:00:00Z');
    await at('2026-11-24T08:00:10Z');
    expect(ran).toEqual(['screen off', 'screen on']);
    await at('2026-11-24T16:59:59Z');
    expect(ran).toHaveLength(2);
    await at('2026-11-24T17:00:09Z');
    expect(ran).toEqual(['screen off', 'screen on', 'screen off']);
  });

  it('follow the clock on the wall into summer time', async () => {
    const { at, ran } = keeper(HOOKS);
    await at('2026-06-24T06:59:55Z');
    await at('2026-06-24T07:00:05Z');
    expect(ran).toEqual(['screen off', 'screen on']);
  });

  it('try a command that fails three times, say so, and go on', async () => {
    const { at, ran, lines } = keeper(HOOKS, async ([, word]) => {
      if (word === 'on') throw new Error('the screen does not answer');
    });
    for (let second = 0; second < 60; second += 10) await at(`2026-11-24T10:00:${String(second).padStart(2, '0')}Z`);
    expect(ran).toEqual(['screen on', 'screen on', 'screen on']);
    expect(lines).toEqual([
      'The command "onOpen" failed: the screen does not answer.',
      'The command "onOpen" failed: the screen does not answer.',
      'The command "onOpen" failed for the last time: the screen does not answer.',
    ]);
    await at('2026-11-24T17:00:00Z');
    expect(ran.at(-1)).toBe('screen off');
  });

  it('make up for a change during a command that takes long', async () => {
    let finish = (): void => undefined;
    const { at, ran } = keeper(HOOKS, ([, word]) =>
      word === 'on' ? new Promise((resolve) => (finish = resolve)) : Promise.resolve(),
    );
    const opening = at('2026-11-24T16:59:55Z');
    await at('2026-11-24T17:00:05Z');
    expect(ran).toEqual(['screen on']);
    finish();
    await opening;
    await at('2026-11-24T17:00:15Z');
    expect(ran).toEqual(['screen on', 'screen off']);
  });

  it('run nothing where nothing is set', async () => {
    const { at, ran, lines } = keeper({});
    await at('2026-11-24T07:59:50Z');
    await at('2026-11-24T08:00:00Z');
    expect([ran, lines]).toEqual([[], []]);
  });
});

describe('the daily restart', () => {
  it('is due once a day at its time', async () => {
    const { at, hours } = keeper({ restartAt: '04:30' });
    const due = async (moment: string): Promise<boolean> => {
      await at(moment);
      return hours.takeRestart();
    };
    expect(await due('2026-11-24T03:29:55Z')).toBe(false);
    expect(await due('2026-11-24T03:30:05Z')).toBe(true);
    expect(await due('2026-11-24T03:30:15Z')).toBe(false);
    expect(await due('2026-11-24T03:31:15Z')).toBe(false);
    await at('2026-11-25T03:29:55Z');
    expect(await due('2026-11-25T03:30:05Z')).toBe(true);
  });

  it('is not due at the start, nor after the clock was set', async () => {
    const { at, hours } = keeper({ restartAt: '04:30' });
    await at('2026-11-24T03:30:05Z');
    expect(hours.takeRestart()).toBe(false);
    await at('2026-11-24T22:00:00Z');
    await at('2026-11-25T10:00:00Z');
    expect(hours.takeRestart()).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32')('a command', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hooks-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is run with its arguments as they are', async () => {
    const file = join(folder, 'a file');
    await runCommandLine(['sh', '-c', 'printf "%s" "$1" > "$2"', 'sh', '$HOME; *', file]);
    expect(readFileSync(file, 'utf8')).toBe('$HOME; *');
  });

  it('that fails says why', async () => {
    await expect(runCommandLine(['sh', '-c', 'echo no screen >&2; exit 3'])).rejects.toThrow(
      'sh ended with code 3: no screen',
    );
    await expect(runCommandLine(['/nowhere/command'])).rejects.toThrow('/nowhere/command could not be started');
  });

  it('that hangs is ended, with what it has started', async () => {
    const file = join(folder, 'late');
    const command = ['sh', '-c', `(sleep 1; touch ${file}) & sleep 60`];
    await expect(runCommandLine(command, 200)).rejects.toThrow('it did not end within 0.2 s and was ended');
    await new Promise((resolve) => setTimeout(resolve, 1300));
    expect(existsSync(file)).toBe(false);
  });
});
