import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAX_SPECIFICATION, DISTILL_SPECIFICATION } from '../common/model/architectures.ts';
import { hash2 } from '../common/random/hash.ts';
import type { StepMoment } from './block-pass.ts';
import { FIRST_SLOT } from './blocks.ts';
import type { CanvasOperation } from './canvas-operation.ts';
import { DigitCanvas } from './digit-canvas.ts';
import { Past, PAST_STEPS, type StateKeyframes } from './past.ts';
import type { SlotEdits } from './slot-changes.ts';

const LAYOUT = { columns: 2, rows: 1, tile: 28 };
const SHIFT = 7;
const BLOT: CanvasOperation = { kind: 'paint', points: [{ x: 10, y: 10 }], brush: { radius: 4 } };

/**
 * A GPU made of a map, and a step that depends on everything that a step may depend on. A slot's state is one number.
 */
class PlainSimulation implements SlotEdits, StateKeyframes<Map<number, number>> {
  readonly canvas: DigitCanvas;
  readonly past: Past<Map<number, number>>;
  state0 = new Map<number, number>();
  step = 0;
  dropout = 0.5;
  copies = 0;
  #before = new Map<number, number>();

  constructor(specification: typeof CAX_SPECIFICATION, budgetBytes?: number) {
    this.canvas = new DigitCanvas(LAYOUT, specification, 3);
    this.past = new Past(this, budgetBytes);
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

  keep(): Map<number, number> {
    this.copies += 1;
    return new Map(this.state0);
  }

  bytesOf(): number {
    return 1000;
  }

  release(): void {
    this.copies -= 1;
  }

  edit(operation: CanvasOperation): void {
    this.past.goOnFrom(this.step);
    this.canvas.apply(operation);
    this.past.record(this.step, operation);
  }

  /** A change that cannot be repeated. */
  mark(value: number): void {
    this.past.goOnFrom(this.step);
    this.#apply();
    for (const slot of this.state0.keys()) this.state0.set(slot, value);
    this.past.bar(this.step, this.canvas, SHIFT);
  }

  advance(steps: number): void {
    this.#apply();
    this.past.goOnFrom(this.step);
    const moment: StepMoment = {
      seed: 0,
      step: 0,
      dropout: this.dropout,
      noise: 0,
      updateScale: 1,
      cellFiring: false,
    };
    for (let index = 0; index < steps; index += 1) {
      this.past.before(this.step, this.canvas, moment, SHIFT);
      this.#run(this.dropout);
    }
  }

  /** The same as `Simulation.goTo`. */
  goTo(step: number): void {
    if (step === this.step) return;
    this.#apply();
    const { past, canvas } = this;
    const key = past.keyFor(step, this.step);
    if (key) {
      if (past.isAssigned(key, canvas)) canvas.labels.set(key.labels);
      else canvas.take({ ...key.deal, labels: key.labels });
      this.#apply();
      this.state0 = new Map(key.states);
      this.step = key.step;
      past.returned(key, canvas);
      this.#redo();
    }
    while (this.step < step) {
      this.#run(past.conditions?.dropout ?? Number.NaN);
      this.#redo();
    }
  }

  /** Everything that a user could see. */
  look(): unknown {
    this.#apply();
    const { table, labels } = this.canvas;
    return {
      step: this.step,
      ink: [...table.ink],
      labels: [...labels],
      slots: [...table.slotOfCell],
      states: Array.from(table.slotOfCell, (slot) => (slot < FIRST_SLOT ? null : this.state0.get(slot))),
    };
  }

  #redo(): void {
    this.past.redo(this.step, this.canvas);
    this.#apply();
  }

  #run(dropout: number): void {
    for (const [slot, value] of this.state0) {
      this.state0.set(slot, hash2(value, this.step * 64 + slot + Math.round(dropout * 1000) * 7919));
    }
    this.step += 1;
  }

  #apply(): void {
    this.#before = new Map(this.state0);
    this.canvas.table.drain(this, new Uint32Array(64));
  }
}

const point = fc.record({ x: fc.integer({ min: -5, max: 60 }), y: fc.integer({ min: -5, max: 32 }) });
const stroke = fc.array(point, { minLength: 1, maxLength: 3 });
type Act = (simulation: PlainSimulation) => void;
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.integer({ min: 1, max: 30 }).map((steps) => (one: PlainSimulation) => one.advance(steps)),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ points: stroke, radius: fc.constantFrom(0.7, 2), erase: fc.boolean() })
      .map((given) => (one: PlainSimulation) => one.edit({ kind: 'paint', points: given.points, brush: given })),
  },
  stroke.map((points) => (one: PlainSimulation) => one.edit({ kind: 'damage', points, radius: 3 })),
  fc.nat(9).map((label) => (one: PlainSimulation) => one.edit({ kind: 'label', column: 0, row: 0, label })),
  fc.nat(99).map((value) => (one: PlainSimulation) => one.mark(value)),
  fc.constantFrom(0, 0.5, 0.9).map((dropout) => (one: PlainSimulation) => {
    one.dropout = dropout;
  }),
);

describe.each([
  ['own-ink', DISTILL_SPECIFICATION],
  ['ink-halo', CAX_SPECIFICATION],
] as const)('the last steps under the rule %s', (_, specification) => {
  it('come back exactly as they were, back and forward, and those after a change in the past are forgotten', () => {
    fc.assert(
      fc.property(
        fc.array(act, { minLength: 1, maxLength: 14 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 }),
        act,
        (acts, places, later) => {
          const one = new PlainSimulation(specification);
          /** What was seen when each step was about to run, including all changes before it. */
          const seen = new Map<number, unknown>();
          const watched = (work: Act): void => {
            // Step by step, because each step is recorded.
            const advance = one.advance.bind(one);
            one.advance = (steps) => {
              for (let index = 0; index < steps; index += 1) {
                seen.set(one.step, one.look());
                advance(1);
              }
            };
            work(one);
            one.advance = advance;
            seen.set(one.step, one.look());
          };
          one.edit(BLOT);
          acts.forEach(watched);
          expect(one.past.latest).toBe(one.step);
          const { earliest, latest } = one.past;
          for (const place of [...places, 1]) {
            one.goTo(Math.round(earliest + place * (latest - earliest)));
            expect(one.look()).toEqual(seen.get(one.step));
          }
          // Continue from somewhere in the past.
          one.goTo(Math.round(earliest + places[0] * (latest - earliest)));
          watched(later);
          const end = one.step;
          if (one.past.latest === end) {
            one.goTo(one.past.earliest);
            one.goTo(end);
            expect(one.look()).toEqual(seen.get(end));
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the last steps', () => {
  const run = (steps: number, budgetBytes?: number): PlainSimulation => {
    const one = new PlainSimulation(DISTILL_SPECIFICATION, budgetBytes);
    one.edit(BLOT);
    one.advance(steps);
    return one;
  };

  it('are two hundred, however long it has run', () => {
    const one = run(1234);
    expect(one.past.latest - one.past.earliest).toBe(PAST_STEPS);
    expect(one.copies).toBeLessThanOrEqual(PAST_STEPS / 10 + 2);
  });

  it('need fewer key states where memory is short, and are not kept where it is too short', () => {
    const tight = run(1234, 20_000);
    expect(tight.past.latest - tight.past.earliest).toBe(PAST_STEPS);
    expect(tight.copies).toBeLessThanOrEqual(7);
    const none = run(1234, 3000);
    expect(none.past.earliest).toBe(none.past.latest);
    expect(none.copies).toBe(0);
  });

  it('give up the oldest where key states that could not wait have taken the memory', () => {
    const one = run(50, 20_000);
    for (let index = 0; index < 30; index += 1) {
      one.mark(index);
      one.advance(1);
    }
    expect(one.copies).toBeLessThanOrEqual(20);
    expect(one.past.earliest).toBeGreaterThan(0);
    const last = one.look();
    one.goTo(one.past.earliest);
    one.goTo(one.past.latest);
    expect(one.look()).toEqual(last);
  });

  it('begin again with a reset', () => {
    const one = run(50);
    one.past.restart(0);
    expect([one.past.earliest, one.past.latest, one.copies]).toEqual([0, 0, 0]);
  });
});
