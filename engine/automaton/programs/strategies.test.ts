import { expect, it } from 'vitest';
import { parseStrategy, PROGRAMS, STRATEGIES } from './strategies.ts';

it('reads every strategy there is from its name, and no other', () => {
  for (const name of STRATEGIES) expect(parseStrategy(name)).not.toBeNull();
  expect(STRATEGIES).toHaveLength(2 * PROGRAMS.length);
  expect(parseStrategy('layered-4-half')).toEqual({ program: 'layered-4', half: true });
  expect(parseStrategy('constants')).toEqual({ program: 'constants', half: false });
  for (const name of ['', '-half', 'auto', 'layered', 'constants-half-half']) expect(parseStrategy(name)).toBeNull();
});
