import { describe, expect, it } from 'vitest';
import { supervise, type SupervisorTime, waitSeconds } from './supervise.ts';

/** A clock on which every sleep ends immediately, but still takes its time. */
function quickTime(): SupervisorTime & { milliseconds: number } {
  const time = {
    milliseconds: 0,
    now: () => time.milliseconds,
    sleep: async (milliseconds: number) => {
      await Promise.resolve();
      time.milliseconds += milliseconds;
    },
  };
  return time;
}

interface Life {
  /** The reason why it dies by itself, if it does. */
  readonly dies?: string;
  readonly seconds?: number;
}

/** Supervises one process after the other until there are no more lives; returns what was logged. */
async function run(lives: readonly Life[], examine?: (ran: number) => string | null) {
  const time = quickTime();
  const lines: string[] = [];
  const starts: number[] = [];
  const stops: boolean[] = [];
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  await supervise({
    name: 'browser',
    time,
    end: ended,
    log: (line) => lines.push(line),
    ...(examine ? { examine: async (ran: number) => examine(ran) } : {}),
    start: async () => {
      const life = lives[starts.length];
      starts.push(time.milliseconds / 1000);
      if (!life) {
        end();
        return { ended: new Promise(() => undefined), stop: async () => undefined };
      }
      if (life.dies === 'at birth') throw new Error('there is no program');
      time.milliseconds += (life.seconds ?? 0) * 1000;
      return {
        ended: life.dies === undefined ? new Promise(() => undefined) : Promise.resolve(life.dies),
        stop: async (isIll = false) => {
          stops.push(isIll);
        },
      };
    },
  });
  return { lines, starts, stops };
}

describe('the supervisor', () => {
  it('starts what has ended again, each time after a longer wait', async () => {
    const { starts, lines, stops } = await run([{ dies: 'it fell' }, { dies: 'it fell' }, { dies: 'it fell' }]);
    expect(stops).toEqual([false, false, false]);
    expect(starts).toEqual([0, 1, 3, 7]);
    expect(lines[0]).toBe('The browser is started again in 1 s: it fell.');
  });

  it('waits shortly again after a long good run', async () => {
    const { starts } = await run([{ dies: 'it fell' }, { dies: 'it fell', seconds: 200 }]);
    expect(starts).toEqual([0, 1, 202]);
  });

  it('ends what is found ill without asking it, and starts it again', async () => {
    const { lines, stops } = await run([{}], (ran) => (ran > 15 ? 'it was silent' : null));
    expect(lines).toEqual(['The browser is started again in 1 s: it was silent.']);
    expect(stops[0]).toBe(true);
  });

  it('goes on after a start that failed', async () => {
    const { lines, starts } = await run([{ dies: 'at birth' }]);
    expect(lines[0]).toContain('it could not be started: there is no program');
    expect(starts.length).toBe(2);
  });

  it('waits half a minute at the most', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 60].map(waitSeconds)).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
  });
});
