/**
 * What runs: ink and slots on the CPU, state and programs on the GPU, and the step that comes next. The parts of a
 * simulation share one run, and each of them changes its own side of it.
 */
import { seedOfRound } from '../common/random/hash.ts';
import type { StepMoment } from './block-pass.ts';
import type { DigitCanvas } from './digit-canvas.ts';
import type { Machine } from './machine.ts';
import type { SimulationObserver } from './operation.ts';
import type { SlotTable } from './slot-table.ts';

export class Run {
  machine: Machine;
  canvas: DigitCanvas;
  seed: number;
  /** Steps since the last reset; a whole number that never starts over. */
  step = 0;
  /** The conditions of the next step: dropout, noise and who fires are set before it. */
  readonly moment: StepMoment = { seed: 0, step: 0, dropout: 0, noise: 0, updateScale: 1, cellFiring: false };
  /** The strategy that was asked for: a name or `auto`. The machine knows which one is used. */
  askedStrategy: string;
  /** Grows whenever the picture may have changed. */
  version = 0;
  /** Is told of everything that decides the state. */
  observer: SimulationObserver | null = null;

  constructor(machine: Machine, canvas: DigitCanvas, seed: number, askedStrategy: string) {
    this.machine = machine;
    this.canvas = canvas;
    this.seed = seed;
    this.askedStrategy = askedStrategy;
  }

  get table(): SlotTable {
    return this.canvas.table;
  }

  /** Base-2 logarithm of the slot textures' width. */
  get slotShift(): number {
    return this.machine.store.slotShift;
  }

  /**
   * Brings changes of the canvas to the GPU; comes before whatever is asked of it.
   * @throws DeviceError while a lost context is away, or what went with it is being made again
   */
  applyEdits(): void {
    this.machine.assertPresent();
    this.canvas.keepStates(this.machine.archive);
    this.machine.applyEdits(this.table);
  }

  /** Issues one step under the conditions of the moment. */
  advance(): void {
    const { moment, machine } = this;
    moment.seed = seedOfRound(this.seed, this.step);
    moment.step = this.step >>> 0;
    moment.updateScale = machine.updateScale(moment.dropout);
    machine.step(this.table.end, moment);
    this.step += 1;
  }
}
