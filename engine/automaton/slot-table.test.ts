import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIRST_SLOT } from './blocks.ts';
import { packLink, type SlotEdits } from './slot-changes.ts';
import { SlotTable, type LifeRule } from './slot-table.ts';

const WIDTH = 9;
const HEIGHT = 7;

/** A GPU made of arrays. It keeps what the edits contain, and each slot's "state" is a unique number. */
class PlainGpu implements SlotEdits {
  state0 = new Map<number, number>();
  ink = new Map<number, number>();
  linkWords = new Map<number, number[]>();
  cellWords = new Map<number, number>();
  #before = new Map<number, number>();

  apply(table: SlotTable): void {
    this.#before = new Map(this.state0);
    table.drain(this, new Uint32Array(40));
  }

  state(words: Uint32Array, entries: number): void {
    for (let index = 0; index < entries; index += 1) {
      const [slot, origin, ink] = words.subarray(index * 3, index * 3 + 3);
      this.state0.set(slot, origin === 0 ? 0 : (this.#before.get(origin) ?? 0));
      this.ink.set(slot, ink);
    }
  }

  links(words: Uint32Array, entries: number): void {
    for (let index = 0; index < entries; index += 1) {
      const [slot, ...links] = words.subarray(index * 9, index * 9 + 9);
      this.linkWords.set(slot, links);
    }
  }

  cells(words: Uint32Array, entries: number): void {
    for (let index = 0; index < entries; index += 1) this.cellWords.set(words[index * 2], words[index * 2 + 1]);
  }
}

function isAlive(table: SlotTable, life: LifeRule, cell: number): boolean {
  if (life.rule === 'own-ink') return table.isInk(cell);
  return around(cell).some((near) => near >= 0 && table.isInk(near));
}

function around(cell: number): number[] {
  const x = cell % WIDTH;
  const y = Math.floor(cell / WIDTH);
  return [-1, 0, 1].flatMap((dy) =>
    [-1, 0, 1].map((dx) => {
      const inside = x + dx >= 0 && x + dx < WIDTH && y + dy >= 0 && y + dy < HEIGHT;
      return inside ? (y + dy) * WIDTH + x + dx : -1;
    }),
  );
}

const operation = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.constant('ink'), fc.nat(WIDTH * HEIGHT - 1), fc.nat(255)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('wipe'), fc.nat(WIDTH * HEIGHT - 1), fc.constant(0)) },
  { weight: 3, arbitrary: fc.tuple(fc.constant('apply'), fc.constant(0), fc.constant(0)) },
);

describe.each(['own-ink', 'ink-halo'] as const)('the slot table under the rule %s', (rule) => {
  const life: LifeRule = { rule, inkThreshold: 0.1 };

  it('keeps slots dense, links right and every untouched state, whatever is painted', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 120 }), fc.nat(), (operations, seed) => {
        const table = new SlotTable(WIDTH, HEIGHT, life, seed);
        const gpu = new PlainGpu();
        const expected = new Map<number, number>();
        let mark = 1;
        const apply = () => {
          gpu.apply(table);
          // Every live cell's state becomes a unique number, as if a step had run.
          for (let slot = FIRST_SLOT; slot < table.end; slot += 1) {
            expect(gpu.state0.get(slot)).toBe(expected.get(table.cellOf(slot)) ?? 0);
            gpu.state0.set(slot, mark);
            expected.set(table.cellOf(slot), mark);
            mark += 1;
          }
        };
        for (const [kind, cell, ink] of operations) {
          if (kind === 'apply') apply();
          else if (kind === 'wipe') {
            table.wipe(cell);
            expected.delete(cell);
          } else {
            table.setInk(cell, ink);
            for (const near of around(cell)) if (near >= 0 && !isAlive(table, life, near)) expected.delete(near);
          }
        }
        apply();
        const live = Array.from({ length: WIDTH * HEIGHT }, (_, cell) => cell).filter((c) => isAlive(table, life, c));
        expect(table.liveCells).toBe(live.length);
        expect(new Set(live.map((cell) => table.slotOfCell[cell])).size).toBe(live.length);
        for (const cell of live) {
          const slot = table.slotOfCell[cell];
          expect(slot).toBeGreaterThanOrEqual(FIRST_SLOT);
          expect(slot).toBeLessThan(table.end);
          expect(table.cellOf(slot)).toBe(cell);
          expect(gpu.ink.get(slot)).toBe(table.ink[cell]);
          const links = around(cell)
            .filter((_, tap) => tap !== 4)
            .map((near) => (near < 0 ? 0 : packLink(table.slotOfCell[near], table.ink[near])));
          expect(gpu.linkWords.get(slot)).toEqual(links);
        }
        for (let cell = 0; cell < WIDTH * HEIGHT; cell += 1) {
          expect(gpu.cellWords.get(cell) ?? 0).toBe(packLink(table.slotOfCell[cell], table.ink[cell]));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('adopts a slot assignment and continues like the original table, whatever it held before', () => {
    const inks = fc.array(fc.tuple(fc.nat(WIDTH * HEIGHT - 1), fc.nat(255)), { maxLength: 40 });
    fc.assert(
      fc.property(inks, inks, inks, fc.nat(), (first, other, later, seed) => {
        const one = new SlotTable(WIDTH, HEIGHT, life, seed);
        for (const [cell, ink] of first) one.setInk(cell, ink);
        const two = new SlotTable(WIDTH, HEIGHT, life, seed);
        const gpu = new PlainGpu();
        for (const [cell, ink] of other) two.setInk(cell, ink);
        gpu.apply(two);
        two.takeAssignment(one.deal());
        for (const table of [one, two]) for (const [cell, ink] of later) table.setInk(cell, ink);
        gpu.apply(two);
        expect(two.deal()).toEqual(one.deal());
        expect([two.inkCells, two.liveCells]).toEqual([one.inkCells, one.liveCells]);
        expect(two.slotOfCell).toEqual(one.slotOfCell);
        for (let cell = 0; cell < WIDTH * HEIGHT; cell += 1) {
          expect(gpu.cellWords.get(cell) ?? 0).toBe(packLink(one.slotOfCell[cell], one.ink[cell]));
        }
        for (let slot = FIRST_SLOT; slot < two.end; slot += 1) {
          const links = around(two.cellOf(slot))
            .filter((_, tap) => tap !== 4)
            .map((near) => (near < 0 ? 0 : packLink(two.slotOfCell[near], two.ink[near])));
          expect(gpu.linkWords.get(slot)).toEqual(links);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('rejects an invalid slot assignment and stays unchanged', () => {
    const table = new SlotTable(WIDTH, HEIGHT, life, 1);
    for (const cell of [3, 40, 41]) table.setInk(cell, 200);
    const deal = table.deal();
    const { cells, ink } = deal;
    const wrong = [
      { ...deal, ink: ink.slice(1) },
      { ...deal, cells: cells.with(0, cells[1]) },
      { ...deal, cells: cells.with(0, WIDTH * HEIGHT) },
      { ...deal, cells: cells.slice(1) },
      { ...deal, ink: ink.with(WIDTH * HEIGHT - 1, 255) },
    ];
    for (const one of wrong) expect(() => table.takeAssignment(one)).toThrow(RangeError);
    expect(table.deal()).toEqual(deal);
  });

  it('assigns the slots in the same way for the same seed, whatever came before', () => {
    const ink = (table: SlotTable, cells: number[]) => {
      cells.forEach((cell) => table.setInk(cell, 200));
    };
    const one = new SlotTable(WIDTH, HEIGHT, life, 1);
    ink(one, [3, 40, 41, 17, 25]);
    one.setInk(17, 0);
    const two = new SlotTable(WIDTH, HEIGHT, life, 2);
    ink(two, [41, 25, 3, 40]);
    one.reassign(9);
    two.reassign(9);
    expect([...one.slotOfCell]).toEqual([...two.slotOfCell]);
  });
});

it('does not repeat itself when the count of draws has used up 32 bits', () => {
  const dealt = (draws: number) => {
    const table = new SlotTable(WIDTH, HEIGHT, { rule: 'own-ink', inkThreshold: 0.1 }, 1);
    table.takeAssignment({ ...table.deal(), draws });
    for (let cell = 0; cell < 30; cell += 1) table.setInk(cell, 255);
    expect(table.deal().draws).toBe(draws + 30);
    return [...table.deal().cells];
  };
  expect(dealt(2 ** 32)).not.toEqual(dealt(0));
});

it('scatters neighbouring cells over the slots', () => {
  const table = new SlotTable(100, 100, { rule: 'own-ink', inkThreshold: 0.1 }, 5);
  for (let cell = 0; cell < 10_000; cell += 1) table.setInk(cell, 255);
  let sum = 0;
  for (let cell = 1; cell < 10_000; cell += 1) sum += Math.abs(table.slotOfCell[cell] - table.slotOfCell[cell - 1]);
  // Two slots drawn at random out of n are n / 3 apart on average.
  expect(sum / 9_999 / 10_000).toBeCloseTo(1 / 3, 1);
});

it('takes ink above a tenth for ink: byte 26, not byte 25', () => {
  const table = new SlotTable(2, 1, { rule: 'own-ink', inkThreshold: 0.1 }, 0);
  table.setInk(0, 25);
  table.setInk(1, 26);
  expect([table.isInk(0), table.isInk(1), table.inkCells, table.liveCells]).toEqual([false, true, 1, 1]);
});
