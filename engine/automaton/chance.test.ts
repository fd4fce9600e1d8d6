import { describe, expect, it } from 'vitest';
import { FIRST_SLOT } from './blocks.ts';
import { slotFires, slotNoise } from './chance.ts';
import type { FiringMode } from './types.ts';

const SLOT_SHIFT = 7;
const SLOTS = 16_384;

/** The shares of steps in which each of some slots fires, over many steps. */
function firingRates(mode: FiringMode, dropout: number, steps: number): number[] {
  return Array.from({ length: 64 }, (_, index) => {
    const slot = FIRST_SLOT + index * (SLOTS / 64);
    let fired = 0;
    for (let step = 0; step < steps; step += 1) fired += Number(slotFires(mode, 11, step, slot, dropout, SLOT_SHIFT));
    return fired / steps;
  });
}

describe.each(['block', 'cell'] as const)('firing by %s', (mode) => {
  it.each([0.25, 0.5, 0.75])('lets every slot fire as often as a dropout of %f says', (dropout) => {
    const steps = 4000;
    const deviation = Math.sqrt((dropout * (1 - dropout)) / steps);
    const rates = firingRates(mode, dropout, steps);
    for (const rate of rates) expect(Math.abs(rate - (1 - dropout))).toBeLessThan(5 * deviation);
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    expect(Math.abs(mean - (1 - dropout))).toBeLessThan(1.5 * deviation);
  });

  it('draws every step independently: firing now does not predict firing next', () => {
    let both = 0;
    const steps = 20_000;
    for (let step = 0; step < steps; step += 1) {
      const now = slotFires(mode, 3, step, FIRST_SLOT + 999, 0.5, SLOT_SHIFT);
      both += Number(now && slotFires(mode, 3, step + 1, FIRST_SLOT + 999, 0.5, SLOT_SHIFT));
    }
    expect(both / steps).toBeCloseTo(0.25, 1);
  });

  it('does not start over when the steps have used up 32 bits', () => {
    let alike = 0;
    const steps = 4000;
    for (let step = 0; step < steps; step += 1) {
      const [early, late] = [step, 2 ** 32 + step].map((at) => slotFires(mode, 3, at, FIRST_SLOT + 9, 0.5, SLOT_SHIFT));
      alike += Number(early === late);
    }
    expect(alike / steps).toBeCloseTo(0.5, 1);
  });

  it('lets all slots fire without dropout', () => {
    expect(firingRates(mode, 0, 50).every((rate) => rate === 1)).toBe(true);
  });
});

it('lets the slots of a block fire together, and those of two blocks independently', () => {
  const fires = (slot: number, step: number) => slotFires('block', 5, step, slot, 0.5, SLOT_SHIFT);
  let alike = 0;
  const steps = 4000;
  for (let step = 0; step < steps; step += 1) {
    expect(fires(FIRST_SLOT + 255, step)).toBe(fires(FIRST_SLOT, step));
    alike += Number(fires(FIRST_SLOT + 256, step) === fires(FIRST_SLOT, step));
  }
  expect(alike / steps).toBeCloseTo(0.5, 1);
});

it('makes noise of mean 0 and deviation 1, without correlation between channels', () => {
  const count = 20_000;
  let sum = 0;
  let squares = 0;
  let products = 0;
  for (let slot = 0; slot < count; slot += 1) {
    const one = slotNoise(1, 7, FIRST_SLOT + slot, 3);
    sum += one;
    squares += one * one;
    products += one * slotNoise(1, 7, FIRST_SLOT + slot, 4);
  }
  const fiveDeviations = 5 / Math.sqrt(count);
  expect(Math.abs(sum / count)).toBeLessThan(fiveDeviations);
  expect(Math.abs(squares / count - 1)).toBeLessThan(2 * fiveDeviations);
  expect(Math.abs(products / count)).toBeLessThan(fiveDeviations);
});
