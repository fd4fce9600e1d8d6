/**
 * What runs: the ink and the slots on the CPU, the state and the programs on the GPU, and the number of the next step.
 * The parts of a simulation share one run, and each of them changes its own side of it.
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
  /** The number of steps since the last reset. It never wraps around. */
  step = 0;
  /** The conditions of the next step. Set the dropout, the noise and the firing mode before it runs. */
  readonly moment: StepMoment = { seed: 0, step: 0, dropout: 0, noise: 0, updateScale: 1, cellFiring: false };
  /** The strategy that was requested: a name or `auto`. The machine knows which one is in use. */
  askedStrategy: string;
  /** Increases whenever the picture may have changed. */
  version = 0;
  /** Is notified of everything that decides the state. */
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
   * Brings changes of the canvas to the GPU. Call this before any other use of the GPU state.
   *
   * @throws DeviceError while the context is lost, or while its contents are being re-created
   */
  applyEdits(): void {
    this.machine.assertPresent();
    this.canvas.keepStates(this.machine.archive);
    this.machine.applyEdits(this.table);
  }

  /** Issues one step under the present conditions. */
  advance(): void {
    const { moment, machine } = this;
    moment.seed = seedOfRound(this.seed, this.step);
    moment.step = this.step >>> 0;
    moment.updateScale = machine.updateScale(moment.dropout);
    machine.step(this.table.end, moment);
    this.step += 1;
  }
}
