import { expect, it } from 'vitest';
import { DIGIT_CLASSES } from '../../../common/model/architectures.ts';
import { contrastRatio } from '../../../view/color.ts';
import { signTiles } from './show-sign.ts';
import { suggestColors } from './suggest-colors.ts';

it('suggests colours that are apart from those in use and from each other', () => {
  const taken = DIGIT_CLASSES.map(({ color }) => color);
  const colors = suggestColors(taken, 6);
  expect(new Set([...colors, ...taken].map(String)).size).toBe(16);
  for (const color of colors) expect(contrastRatio(color, [255, 255, 255])).toBeGreaterThanOrEqual(3);
  // The next sign gets others.
  expect(suggestColors([...taken, colors[0]], 1)[0]).not.toEqual(colors[0]);
});

it('shows a sign on some tiles and leaves digits between them', () => {
  expect(signTiles(1, 1)).toEqual([0]);
  expect(signTiles(4, 2)).toHaveLength(4);
  const many = signTiles(20, 10);
  expect(many).toHaveLength(8);
  expect(many.every((tile) => many.every((other) => other === tile || Math.abs(other - tile) > 1))).toBe(true);
});
