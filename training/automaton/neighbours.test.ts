import { describe, expect, it } from 'vitest';
import { CAX_SPECIFICATION, TINY_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { Random } from '../../engine/common/random/random.ts';
import { variablesOf } from '../../engine/learning/rollout/layers.ts';
import { CELLS, SIDE } from '../../engine/learning/rollout/live-cells.ts';
import { DenseReference } from './dense-reference.ts';
import { narrow } from './made-up-rollouts.ts';

const OPTIONS = { seed: 7, firstStep: 0, steps: 12, firstSlot: 0 };
/** The columns of the digit's ink, a block. */
const [FIRST, LAST] = [6, 10];

/** A block of ink, and a line of ink that goes down beside it, `gap` columns of paper away; null for the block alone. */
function inkOf(gap: number | null): Uint8Array {
  return Uint8Array.from({ length: CELLS }, (_, cell) => {
    const [x, y] = [cell % SIDE, Math.floor(cell / SIDE)];
    const isBlock = x >= FIRST && x <= LAST && y >= 8 && y <= 18;
    return isBlock || (gap !== null && x === LAST + gap + 1 && y >= 4) ? 220 : 0;
  });
}

describe('a digit among other ink', () => {
  // Cells see one cell far. Paper beside ink lives too under the rule "ink-halo".
  it.each([
    ['own-ink', narrow(TINY_SPECIFICATION), 1],
    ['ink-halo', narrow(CAX_SPECIFICATION), 3],
  ] as const)('stays as it is alone if the two do not touch: %s', (_, specification, gap) => {
    const random = new Random(3);
    const length = variablesOf(specification).reduce((total, { size }) => total + size, 0);
    const reference = new DenseReference(
      specification,
      Float64Array.from({ length }, () => random.range(-0.3, 0.3)),
    );
    const { count } = specification.channels;
    const stateOf = (gapOrNone: number | null): number[] => {
      const [state] = reference.run([{ pixels: inkOf(gapOrNone), label: 3, state: null }], OPTIONS);
      return [...state].filter((_value, index) => {
        const x = Math.floor(index / count) % SIDE;
        return x >= FIRST && x <= LAST;
      });
    };
    const alone = stateOf(null);
    expect(alone.filter((value) => Math.abs(value) > 0.01).length).toBeGreaterThan(100);
    expect(stateOf(gap)).toEqual(alone);
    expect(stateOf(gap - 1)).not.toEqual(alone);
  });
});
