import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DISTILL_SPECIFICATION, CAX_SPECIFICATION } from '../common/model/architectures.ts';
import { FIRST_SLOT } from './blocks.ts';
import { DigitCanvas } from './digit-canvas.ts';
import type { Edit, StateKeeper } from './edit-recorder.ts';
import type { SlotEdits } from './slot-changes.ts';
import { ArchivedStates } from './state-archive.ts';

const LAYOUT = { columns: 2, rows: 1, tile: 28 };

/** A GPU made of a map: the state of a slot is one number. */
class PlainGpu implements SlotEdits, StateKeeper<ArchivedStates> {
  state0 = new Map<number, number>();
  #before = new Map<number, number>();
  readonly #archive = new Map<ArchivedStates, number[]>();

  apply(canvas: DigitCanvas): void {
    canvas.keepStates(this);
    this.#before = new Map(this.state0);
    canvas.table.drain(this, new Uint32Array(64));
  }

  state(words: Uint32Array, entries: number): void {
    for (let index = 0; index < entries; index += 1) {
      const [slot, origin] = words.subarray(index * 3, index * 3 + 3);
      this.state0.set(slot, origin === 0 ? 0 : (this.#before.get(origin) ?? 0));
    }
  }

  links(): void {
    // Tested with the slot table.
  }

  cells(): void {
    // Tested with the slot table.
  }

  append(states: ArchivedStates, slots: Uint32Array, count: number): void {
    const kept = this.#archive.get(states) ?? [];
    for (let index = 0; index < count; index += 1) kept.push(this.state0.get(slots[index]) ?? 0);
    this.#archive.set(states, kept);
  }

  revert(canvas: DigitCanvas, edit: Edit<ArchivedStates>): Edit<ArchivedStates> | null {
    this.apply(canvas);
    canvas.beginEdit(0, new ArchivedStates());
    canvas.putBack(edit);
    canvas.keepStates(this);
    const inverse = canvas.endEdit();
    this.apply(canvas);
    edit.cells.forEach((cell, index) => {
      const slot = canvas.table.slotOfCell[cell];
      const place = edit.places[index];
      if (slot !== 0 && place > 0) this.state0.set(slot, this.#archive.get(edit.states)?.[place - 1] ?? Number.NaN);
    });
    return inverse;
  }
}

const coordinate = fc.integer({ min: -40, max: 700 }).map((tenths) => tenths / 10);
const points = fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: 1, maxLength: 4 });
const radius = fc.constantFrom(0.7, 1.5, 4);
const image = fc.array(fc.nat(255), { minLength: 784, maxLength: 784 }).map((bytes) => Uint8Array.from(bytes));
/** One piece of an edit, done to a canvas. */
const piece = fc.oneof(
  fc
    .record({ points, radius, erase: fc.boolean() })
    .map((stroke) => (canvas: DigitCanvas) => canvas.paint(stroke.points, stroke)),
  fc.record({ points, radius }).map((stroke) => (canvas: DigitCanvas) => canvas.damage(stroke.points, stroke.radius)),
  fc
    .record({ image, column: fc.nat(1), keepState: fc.boolean(), label: fc.option(fc.nat(9)) })
    .map((tile) => (canvas: DigitCanvas) => canvas.setTile(tile.column, 0, tile.image, tile.label, tile.keepState)),
  fc.constant((canvas: DigitCanvas) => canvas.clear()),
);
/** An edit: its pieces, and after which of them a frame is drawn. */
const edit = fc.array(fc.record({ piece, drawn: fc.boolean() }), { minLength: 1, maxLength: 4 });

describe.each([
  ['own-ink', DISTILL_SPECIFICATION],
  ['ink-halo', CAX_SPECIFICATION],
] as const)('edits under the rule %s', (_, specification) => {
  it('are undone and redone exactly: ink, state and classes, whatever was done', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), fc.nat(), (edits, seed) => {
        const canvas = new DigitCanvas(LAYOUT, specification, seed);
        const gpu = new PlainGpu();
        /** What a user sees: ink, state of every live cell, classes. */
        const look = () => {
          gpu.apply(canvas);
          return {
            ink: [...canvas.table.ink],
            labels: [...canvas.labels],
            states: Array.from(canvas.table.slotOfCell, (slot) => (slot < FIRST_SLOT ? null : gpu.state0.get(slot))),
          };
        };
        let mark = 1;
        const past: Edit<ArchivedStates>[] = [];
        const before: ReturnType<typeof look>[] = [];
        for (const pieces of edits) {
          before.push(look());
          canvas.beginEdit(0, new ArchivedStates());
          for (const { piece, drawn } of pieces) {
            piece(canvas);
            if (!drawn) continue;
            gpu.apply(canvas);
            // As if a step had run. Only cells under the brush change, so that the earlier ones can be compared.
            canvas.table.slotOfCell.forEach((slot, cell) => {
              if (slot === 0 || before[before.length - 1].states[cell] !== null) return;
              gpu.state0.set(slot, (mark += 1));
            });
          }
          canvas.keepStates(gpu);
          const made = canvas.endEdit();
          gpu.apply(canvas);
          if (made) past.push(made);
          else before.pop();
        }
        const last = look();
        const future: Edit<ArchivedStates>[] = [];
        while (past.length > 0) {
          const inverse = gpu.revert(canvas, past.pop() as Edit<ArchivedStates>);
          expect(look()).toEqual(before[past.length]);
          if (inverse) future.push(inverse);
        }
        while (future.length > 0) gpu.revert(canvas, future.pop() as Edit<ArchivedStates>);
        expect(look()).toEqual(last);
      }),
      { numRuns: 25 },
    );
  });
});
