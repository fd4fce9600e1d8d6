import { describe, expect, it } from 'vitest';
import type { Simulation } from '../automaton/simulation.ts';
import { Settings } from './settings.ts';
import { type Memory, StrategyKeeper } from './strategy.ts';

/** Stands in for a simulation on a GPU where constants are best. */
function standIn(calls: string[]) {
  return {
    strategy: 'texture',
    device: { renderer: 'A GPU', isLoss: () => false },
    model: { specification: { name: 'tiny' } },
    useStrategy(name: string) {
      if (name === 'uniform') return Promise.reject(new Error('The weights do not fit.'));
      this.strategy = name === 'auto' ? 'texture' : name;
      calls.push(`use ${name}`);
      return Promise.resolve();
    },
    chooseStrategy(hint?: string) {
      calls.push(`choose ${hint ?? 'among all'}`);
      this.strategy = 'constants';
      return Promise.resolve([]);
    },
  };
}

function keep(memory: Memory | null = null) {
  const calls: string[] = [];
  const told: string[] = [];
  const settings = new Settings();
  const simulation = standIn(calls) as unknown as Simulation;
  const keeper = new StrategyKeeper(simulation, settings, memory, (reasons) => told.push(...reasons));
  return { calls, told, settings, keeper };
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
    expect([...memory.entries]).toEqual([['strategy/A GPU/tiny', 'constants']]);
    const second = keep(memory);
    second.keeper.choose();
    await second.keeper.settled;
    expect(second.calls).toEqual(['use auto', 'choose constants']);
  });

  it('is the one that is asked for, without a trial', async () => {
    const { calls, settings, keeper } = keep();
    settings.set({ strategy: 'constants' });
    await keeper.settled;
    expect(calls).toEqual(['use constants']);
  });

  it('stays what it was, with a word why, where the GPU refuses', async () => {
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
