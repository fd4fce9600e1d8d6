/** Finds the best strategy for a running machine by trying others on its own state. */
import type { Model } from '../common/model/weights.ts';
import type { Device } from '../gpu/device.ts';
import { DeviceError } from '../gpu/device-error.ts';
import { finished } from '../gpu/readback.ts';
import { beginPasses, endPasses, type StepMoment } from './block-pass.ts';
import type { EditPasses } from './edit-passes.ts';
import {
  candidatesFor,
  type Choice,
  chooseComputation,
  type Computation,
  createStepProgram,
  isOffered,
} from './programs/choose.ts';
import { parseStrategy } from './programs/strategies.ts';
import type { SlotStore, StepState } from './slot-store.ts';
import { stateFormat, type StatePair } from './state-pair.ts';
import { computesRight } from './verify.ts';

/** How long to measure a candidate, and the maximum number of steps for it. */
const TRIAL_MILLISECONDS = 60;
const MOST_TRIAL_STEPS = 64;

/** How to choose a strategy. */
export interface StrategyChoice {
  /** The strategy that was best here before, which saves trying the others. */
  readonly hint?: string | undefined;
  /** Whether the choice is still needed. If not, nothing changes. */
  readonly isWanted?: () => boolean;
  /**
   * Whether the choice may take effect now. It waits until this returns true, or until the choice is no longer needed.
   */
  readonly isFree?: () => boolean;
}

/** The machine whose computation is to be chosen. It keeps running during the trial. */
export interface TrialMachine {
  readonly device: Device;
  readonly model: Model;
  readonly store: SlotStore;
  /** One past the last slot in use. */
  readonly end: number;
  readonly edits: EditPasses;
  readonly current: Computation;
  /** Whether its programs and buffers have been freed, or were lost with the context. */
  readonly isGone: () => boolean;
  /** Whether the choice has been cancelled. */
  readonly isOver: () => boolean;
  /** Called when the store's next side no longer holds the state of the previous step. */
  readonly drewOverEarlier: () => void;
}

/**
 * Returns the best computation on this GPU, which may be the current one. Any other computation belongs to the caller.
 *
 * @param hint the strategy that was best here before; if it works, nothing is measured
 */
export async function findComputation(machine: TrialMachine, hint?: string): Promise<Choice> {
  const { device, model, store, edits, current, isGone, isOver } = machine;
  // The remembered strategy may be from another version of this program, or from a browser that compiled in parallel.
  const remembered = hint === undefined ? null : parseStrategy(hint);
  return chooseComputation(
    {
      current,
      canHalve: device.capabilities.floatTargets,
      create: (name) => createStepProgram(device, model, store.ranges, name),
      measure: (candidate) => measureStep(machine, candidate),
      verify: ({ program, half }) =>
        computesRight({ device, model, edits, isGone }, program, stateFormat(device, half)),
      isOver,
    },
    await candidatesFor(device, model),
    remembered && isOffered(device, model, remembered.program) ? hint : undefined,
  );
}

/**
 * Measures the duration of a step, in milliseconds. Its result is drawn where the next step draws over it, or on a
 * copy.
 */
async function measureStep(
  { device, store, end, isOver, drewOverEarlier }: TrialMachine,
  { program, half }: Computation,
): Promise<number> {
  const moment: StepMoment = { seed: 0, step: 0, dropout: 0, noise: 0, updateScale: 1, cellFiring: false };
  const format = stateFormat(device, half);
  let copy: StatePair | null = null;
  let copied = -1;
  const stateOf = (): StepState => {
    if (store.format === format) {
      drewOverEarlier();
      return store;
    }
    // The page keeps running in the meantime, and may re-create the slots' textures.
    if (!copy || copied !== store.allocation) {
      copy?.dispose();
      copy = store.copyAs(format);
      copied = store.allocation;
    }
    const { groups, width, rows, links } = store;
    return { groups, width, rows, links, now: copy.now, next: copy.next };
  };
  const run = async (times: number): Promise<number> => {
    if (isOver()) throw new DeviceError('The simulation was replaced while its programs were being tried.');
    const state = stateOf();
    const release = device.reads.hold();
    try {
      const start = performance.now();
      beginPasses(device);
      for (let index = 0; index < times; index += 1) program.run(state, store.rowsOf(end), moment);
      endPasses(device);
      await finished(device);
      return performance.now() - start;
    } finally {
      release();
    }
  };
  try {
    // The first run includes compilation. The second run determines how many runs are needed for a measurement.
    await run(1);
    const times = Math.min(MOST_TRIAL_STEPS, Math.ceil(TRIAL_MILLISECONDS / Math.max(await run(1), 1)));
    return (await run(times)) / times;
  } finally {
    (copy as StatePair | null)?.dispose();
  }
}
