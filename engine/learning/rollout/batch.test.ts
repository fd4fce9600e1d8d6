import { describe, expect, it } from 'vitest';
import { ACCURATE_SPECIFICATION } from '../../common/model/architectures.ts';
import { Random } from '../../common/random/random.ts';
import { Batch, NoiseTable, type Sample } from './batch.ts';
import { CELLS } from './live-cells.ts';

const { channels } = ACCURATE_SPECIFICATION;

function inkedSample(seed: number): Sample {
  const random = new Random(seed);
  return { pixels: Uint8Array.from({ length: CELLS }, () => random.below(256)), label: seed % 10, state: null };
}

function fired(batch: Batch, step: number, dropout: number, firstSlot = 0): number[] {
  const rows = new Int32Array(batch.liveCount);
  return [...rows.subarray(0, batch.fire(9, step, dropout, firstSlot, rows))];
}

describe('a batch', () => {
  const samples = [1, 2, 3].map(inkedSample);
  const batch = new Batch(samples, ACCURATE_SPECIFICATION);

  it('begins with ink and nothing else for fresh digits', () => {
    const state = batch.initialState();
    expect(state.length).toBe(batch.rowCount * channels.count);
    const [first] = batch.cells;
    expect(state[channels.ink]).toBe(Math.fround(samples[0].pixels[first.live[0]] / 255));
    expect(state.filter((value, index) => index % channels.count !== channels.ink && value !== 0)).toHaveLength(0);
  });

  it('goes on from the states it gave out', () => {
    const random = new Random(4);
    const rows = Float32Array.from({ length: batch.rowCount * channels.count }, () => random.unit());
    const kept = batch.statesOf(rows);
    const next = new Batch(
      samples.map((sample, index) => ({ ...sample, state: kept[index] })),
      ACCURATE_SPECIFICATION,
    ).initialState();
    const hidden = batch.liveCount * channels.count - 1;
    expect(next[hidden]).toBe(rows[hidden]);
  });

  it('fires the share of live cells that the dropout leaves', () => {
    for (const dropout of [0, 0.25, 0.5, 0.75]) {
      const share = fired(batch, 4, dropout).length / batch.liveCount;
      expect(Math.abs(share - (1 - dropout))).toBeLessThan(0.05);
    }
  });

  it('fires the same cells of a digit whatever share of the batch it is in', () => {
    const alone = new Batch([samples[2]], ACCURATE_SPECIFICATION);
    const together = fired(batch, 4, 0.5).filter((row) => row >= batch.starts[2]);
    expect(fired(alone, 4, 0.5, 2)).toEqual(together.map((row) => row - batch.starts[2]));
  });

  it('fires other cells in other steps', () => {
    expect(fired(batch, 4, 0.5)).not.toEqual(fired(batch, 5, 0.5));
  });
});

describe('the noise', () => {
  it('has the deviation asked for in every channel but the ink, and changes from step to step', () => {
    const table = new NoiseTable(ACCURATE_SPECIFICATION, 0.02);
    const noise = table.rows(4000, { seed: 3, firstSlot: 0 }, 1);
    expect(noise.filter((_, index) => index % channels.count === channels.ink).every((value) => value === 0)).toBe(
      true,
    );
    const square = noise.reduce((total, value) => total + value * value, 0) / (4000 * (channels.count - 1));
    expect(Math.sqrt(square)).toBeCloseTo(0.02, 3);
    expect(table.rows(4000, { seed: 3, firstSlot: 0 }, 2)).not.toEqual(noise);
    expect(table.rows(4000, { seed: 3, firstSlot: 0 }, 1)).toEqual(noise);
  });
});
