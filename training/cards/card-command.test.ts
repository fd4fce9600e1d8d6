import { describe, expect, it } from 'vitest';
import { cardCommand, DEFAULTS, type CardOptions } from './card-command.ts';

describe('the command of a card', () => {
  const write = (values: Partial<CardOptions>, mnist = true): string =>
    cardCommand('a.ktx2', 'a.md', { ...DEFAULTS, limit: undefined, ...values }, mnist);

  it('has only what is not the default, and no place of MNIST or of strokes', () => {
    expect(write({ data: '/somewhere/mnist', seeds: '3', strokes: '/somewhere/strokes', radius: '1.5,2.2' })).toBe(
      'npm run evaluate -- --model a.ktx2 --card a.md --seeds 3 --strokes DIR --radius 1.5,2.2',
    );
    expect(write({ data: 'signs' }, false)).toBe('npm run evaluate -- --model a.ktx2 --card a.md --data signs');
  });

  it('names every pair of images, and MNIST beside them, which they would replace', () => {
    const sets = { images: ['usps', 'own images'], labels: ['usps-labels', 'own labels'] };
    const pairs = "--images usps --labels usps-labels --images 'own images' --labels 'own labels'";
    expect(write({ data: '/somewhere/mnist', ...sets })).toBe(
      `npm run evaluate -- --model a.ktx2 --card a.md --data data/mnist ${pairs}`,
    );
    expect(write(sets, false)).toBe(`npm run evaluate -- --model a.ktx2 --card a.md ${pairs}`);
  });
});
