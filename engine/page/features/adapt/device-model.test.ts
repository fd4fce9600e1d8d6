import { describe, expect, it } from 'vitest';
import { heaviestFor } from './device-model.ts';

const MODELS = [
  { name: 'heavy', multiplyAdds: 30_000 },
  { name: 'middling', multiplyAdds: 10_000 },
  { name: 'light', multiplyAdds: 5000 },
].map((entry) => ({ ...entry, file: '', title: '' }));
const library = { lighterThan: (weight: number) => MODELS.find(({ multiplyAdds }) => multiplyAdds < weight) };
const LAYOUT = { columns: 24, rows: 18, tile: 32 };

describe('the model to start with', () => {
  it('is the first on a GPU, however it is called', () => {
    expect(heaviestFor(library, MODELS[0], LAYOUT, 200e9)).toBe('heavy');
    expect(heaviestFor(library, MODELS[0], LAYOUT, Infinity)).toBe('heavy');
  });

  it('is as much lighter as the device is slow', () => {
    // 29,160 cells fire, in 50 ms.
    expect(heaviestFor(library, MODELS[0], LAYOUT, 10e9)).toBe('middling');
    expect(heaviestFor(library, MODELS[0], LAYOUT, 4e9)).toBe('light');
    expect(heaviestFor(library, MODELS[0], LAYOUT, 0.1e9)).toBe('light');
  });

  it('is the first on a canvas of few cells, and where nobody knows what models need', () => {
    expect(heaviestFor(library, MODELS[0], { columns: 2, rows: 2, tile: 32 }, 4e9)).toBe('heavy');
    expect(heaviestFor(library, { name: 'unknown' }, LAYOUT, 1e6)).toBe('unknown');
  });
});
