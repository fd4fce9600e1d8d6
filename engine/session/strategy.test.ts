import { describe, expect, it } from 'vitest';
import type { StrategyChoice } from '../automaton/strategy-trial.ts';
import type { Simulation } from '../automaton/simulation.ts';
import { Settings } from './settings.ts';
import type { Memory } from './memory.ts';
import { StrategyKeeper } from './strategy.ts';

/** Stands in for a simulation on a GPU on which constants are best. */
function standIn(calls: string[]) {
  return {
    device: { renderer: 'A GPU', isLoss: () => false },
    model: { specification: { name: 'tiny' } },
    strategy: {
      name: 'texture',
      use(name: string) {
        if (name === 'uniform') return Promise.reject(new Error('The weights do not fit.'));
        this.name = name === 'auto' ? 'texture' : name;
        calls.push(`use ${name}`);
        return Promise.resolve();
      },
      async choose({ hint, isWanted = () => true, isFree = () => true }: StrategyChoice) {
        calls.push(`choose ${hint ?? 'among all'}`);
        while (isWanted() && !isFree()) await new Promise((resolve) => setTimeout(resolve, 1));
        if (isWanted()) this.name = 'constants';
        return [];
      },
    },
  };
}

function keep(memory: Memory | null = null) {
  const calls: string[] = [];
  const told: string[] = [];
  const settings = new Settings();
  const simulation = standIn(calls) as unknown as Simulation;
  const keeper = new StrategyKeeper(simulation, settings, memory, (reasons) => told.push(...reasons));
  return { calls, told, settings, keeper, simulation };
}

function storage(): Memory & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
  };
}

describe('the strategy', () => {
  it('is found by trial the first time, and remembered for this adapter and model', async () => {
    const memory = storage();
    const first = keep(memory);
    first.keeper.choose();
    await first.keeper.settled;
    expect(first.calls).toEqual(['use auto', 'choose among all']);
    expect([...memory.entries]).toEqual([['program/A GPU/tiny', 'constants']]);
    const second = keep(memory);
    second.keeper.choose();
    await second.keeper.settled;
    expect(second.calls).toEqual(['use auto', 'choose constants']);
  });

  it('is the one that is requested, without a trial', async () => {
    const { calls, settings, keeper } = keep();
    settings.set({ strategy: 'constants' });
    await keeper.settled;
    expect(calls).toEqual(['use constants']);
  });

  it('is found automatically only while the page plays, and does not change during a call', async () => {
    const memory = storage();
    const { calls, settings, keeper, simulation } = keep(memory);
    settings.set({ paused: true });
    let isFree = false;
    keeper.chooseWhilePlaying(() => isFree);
    expect(calls).toEqual([]);
    settings.set({ paused: false });
    await expect.poll(() => calls).toContain('choose among all');
    // Code that holds the page does not wait for anything that waits for it.
    await keeper.settled;
    expect(simulation.strategy.name).toBe('texture');
    settings.set({ paused: true });
    isFree = true;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(simulation.strategy.name).toBe('texture');
    expect([...memory.entries]).toEqual([]);
    settings.set({ paused: false });
    await expect.poll(() => [...memory.entries]).toEqual([['program/A GPU/tiny', 'constants']]);
    expect(simulation.strategy.name).toBe('constants');
    // Once found, it is not searched for again.
    const { length } = calls;
    settings.set({ paused: true });
    settings.set({ paused: false });
    await keeper.settled;
    expect(calls).toHaveLength(length);
  });

  it('stays the same, with a reason, if the GPU refuses', async () => {
    const { calls, told, settings, keeper } = keep();
    settings.set({ strategy: 'uniform' });
    await keeper.settled;
    expect(told).toEqual(['The weights do not fit.']);
    expect(calls).toEqual([]);
  });

  it('is found without storage, and with storage that throws', async () => {
    const broken: Memory = {
      getItem: () => {
        throw new Error('forbidden');
      },
      setItem: () => {
        throw new Error('full');
      },
    };
    for (const memory of [null, broken]) {
      const { told, calls, keeper } = keep(memory);
      keeper.choose();
      await keeper.settled;
      expect(calls).toEqual(['use auto', 'choose among all']);
      expect(told).toEqual([]);
    }
  });
});
