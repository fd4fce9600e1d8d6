import { describe, expect, it } from 'vitest';
import type { Part, PartResult } from './pupil.ts';
import { teamOf, TeamWithStandIn, type Member, type Team } from './team.ts';

/** A part with one image that has this many cells with ink. */
function partOf(inkCells: number, kind: Part['kind'] = 'signs'): Part {
  const samples = [{ pixels: new Uint8Array(inkCells).fill(255), label: 0, state: null }];
  return { kind, weights: Float32Array.of(1), samples, firstSlot: 0, seed: 1 };
}

const PART = partOf(100);

function resultOf(loss: number): PartResult {
  return { losses: [loss], gradient: new Float32Array(0), states: [] };
}

/** A member that answers with a loss of its own, for as long as it works. */
function member(loss: number, asked: Part[] = [], fault?: () => Error | null): Member {
  return {
    learn: async (parts) => {
      asked.push(...parts);
      const failure = fault?.();
      if (failure) throw failure;
      return parts.map(() => resultOf(loss));
    },
    look: async () => [],
  };
}

const lossesOf = async (team: Team, parts: Part[]): Promise<number[]> =>
  (await team.learn(parts)).flatMap(({ losses }) => losses);

describe('a team', () => {
  it('gives the largest jobs to those with least to do, and the results in the order of the jobs', async () => {
    const team = teamOf('wasm', [member(1), member(2)]);
    expect(await lossesOf(team, [partOf(10), partOf(20), partOf(30), partOf(60)])).toEqual([2, 2, 2, 1]);
  });

  it('knows that known things cost a third more', async () => {
    const team = teamOf('wasm', [member(1), member(2)]);
    const parts = [partOf(40), partOf(10), partOf(33, 'known'), partOf(11)];
    expect(await lossesOf(team, parts)).toEqual([2, 1, 1, 2]);
  });

  it('gives every member all of its jobs at once, and none to those for whom there is none', async () => {
    const calls: number[] = [];
    const counting = (): Member => ({
      learn: async (parts) => {
        calls.push(parts.length);
        return parts.map(() => resultOf(0));
      },
      look: async () => [],
    });
    const team = teamOf('wasm', [counting(), counting()]);
    await lossesOf(team, [PART, PART, PART, PART]);
    await lossesOf(team, [PART]);
    expect(calls).toEqual([2, 2, 1]);
  });
});

describe('a team with a stand-in', () => {
  class Lost extends Error {}

  function start(fault: () => Error | null, other: Member = member(2)): { team: Team; starts: () => number } {
    let starts = 0;
    const startOther = async (): Promise<Team> => {
      starts += 1;
      return teamOf('wasm', [other]);
    };
    const first = teamOf('webgpu', [member(1, [], fault)]);
    return { team: new TeamWithStandIn(first, (error) => error instanceof Lost, startOther), starts: () => starts };
  }

  it('asks the other one for what the first could not do, and for everything after that', async () => {
    let calls = 0;
    const asked: Part[] = [];
    const { team, starts } = start(() => (++calls === 2 ? new Lost('gone') : null), member(2, asked));
    expect(await lossesOf(team, [PART])).toEqual([1]);
    expect(team.backend).toBe('webgpu');
    expect(starts()).toBe(0);
    const second = { ...PART, seed: 2 };
    expect(await lossesOf(team, [second])).toEqual([2]);
    expect(await lossesOf(team, [PART])).toEqual([2]);
    expect(asked).toEqual([second, PART]);
    expect(team.backend).toBe('webgpu, wasm');
    expect(starts()).toBe(1);
  });

  it('does not hide faults of the jobs, nor of the other one', async () => {
    await expect(start(() => new TypeError('a bug')).team.learn([PART])).rejects.toThrow('a bug');
    const broken = member(2, [], () => new Lost('gone, too'));
    const { team, starts } = start(() => new Lost('gone'), broken);
    await expect(team.learn([PART])).rejects.toThrow('gone, too');
    await expect(team.learn([PART])).rejects.toThrow('gone, too');
    expect(starts()).toBe(1);
  });
});
