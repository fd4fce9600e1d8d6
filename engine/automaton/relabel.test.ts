import { expect, test } from 'vitest';
import { colorClasses } from '../common/model/class-colors.ts';
import { DISTILL_SPECIFICATION } from '../common/model/architectures.ts';
import { relabelled } from './canvas-operation.ts';
import { DigitCanvas } from './digit-canvas.ts';

const LAYOUT = { columns: 3, rows: 1, tile: 32 };
const LETTERS = { ...DISTILL_SPECIFICATION, classes: colorClasses(['7', 'A', '0']) };

test('labels go over to a model with other classes by name, or are forgotten', () => {
  const digits = new DigitCanvas(LAYOUT, DISTILL_SPECIFICATION, 1);
  [0, 7, 5].forEach((label, column) => digits.setLabel(column, 0, label));
  const letters = new DigitCanvas(LAYOUT, LETTERS, 1);
  letters.copyInk(digits);
  expect([...letters.readTileLabels()]).toEqual([2, 0, -1]);

  const label = { kind: 'label', column: 0, row: 0, label: 7 } as const;
  expect(relabelled(label, DISTILL_SPECIFICATION, LETTERS)).toEqual({ ...label, label: 0 });
  expect(relabelled({ ...label, label: 1 }, DISTILL_SPECIFICATION, LETTERS)).toEqual({ ...label, label: null });
  const clear = { kind: 'clear' } as const;
  expect(relabelled(clear, DISTILL_SPECIFICATION, LETTERS)).toBe(clear);
});
