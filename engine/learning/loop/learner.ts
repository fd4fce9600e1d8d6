/** The gradient of one share of a batch, wherever it is computed: in this thread or in a worker. */
import type { Automaton, AutomatonMaker } from '../rollout/automaton.ts';
import { Batch, type Sample } from '../rollout/batch.ts';
import type { LiveCells } from '../rollout/live-cells.ts';
import type { LossWeights } from '../rollout/loss.ts';
import type { ModelSpecification } from '../../common/model/specification.ts';

/** A longer rollout for large digits. */
export interface LongRollout {
  /** It is for digits with more live cells than this. */
  readonly cells: number;
  readonly steps: number;
}

/** What a learner needs to know before the first share. */
export interface LearnerSettings {
  /** The model that is trained; see `factoredSpecification`. */
  readonly specification: ModelSpecification;
  /** Steps of digits with more live cells than `cells`, as far across takes longer; null where all take the same. */
  readonly longRollout: LongRollout | null;
  readonly loss: LossWeights;
}

/** A share of a batch. */
export interface Share {
  /** Flat weights. */
  readonly weights: Float32Array;
  readonly samples: readonly Sample[];
  /** Slot of the first sample in the whole batch, and the whole batch's size. */
  readonly firstSlot: number;
  readonly batchSize: number;
  /** Seed of this training step's firing and noise. */
  readonly seed: number;
  readonly dropout: number;
  /** Steps. */
  readonly rollout: number;
}

/** What became of a share. */
export interface ShareResult {
  /** This share's part of the batch's loss and gradient. */
  readonly loss: number;
  readonly gradient: Float32Array;
  /** The states after the rollout, [live cells, channels] a digit. */
  readonly states: Float32Array[];
}

/** The places of the digits that `keep` keeps. */
function slotsOf(cells: readonly LiveCells[], keep: (cells: LiveCells) => boolean): number[] {
  return cells.flatMap((digit, slot) => (keep(digit) ? [slot] : []));
}

export class Learner {
  readonly #make: AutomatonMaker;
  /** By dropout; there are only a few. */
  readonly #automata = new Map<number, Automaton>();
  readonly #settings: LearnerSettings;

  constructor(settings: LearnerSettings, make: AutomatonMaker) {
    this.#settings = settings;
    this.#make = make;
  }

  async learn(share: Share): Promise<ShareResult> {
    const { specification, longRollout, loss: weights } = this.#settings;
    const { rollout } = share;
    const automaton = this.#automatonFor(share.dropout);
    automaton.setWeights(share.weights);
    const batch = new Batch(share.samples, specification);
    const isLong = ({ live }: LiveCells): boolean => longRollout !== null && live.length > longRollout.cells;
    const parts = [
      { steps: rollout, slots: slotsOf(batch.cells, (cells) => !isLong(cells)) },
      { steps: longRollout?.steps ?? rollout, slots: slotsOf(batch.cells, isLong) },
    ].filter(({ slots }) => slots.length > 0);

    let loss = 0;
    let gradient: Float32Array | null = null;
    const states: Float32Array[] = [];
    let firstSlot = share.firstSlot;
    for (const { steps, slots } of parts) {
      const rows =
        parts.length === 1
          ? batch
          : new Batch(
              slots.map((slot) => share.samples[slot]),
              specification,
            );
      const options = { seed: share.seed, firstStep: 0, steps, firstSlot };
      const part = await automaton.differentiate(rows, options, { weights, batchSize: share.batchSize });
      loss += part.loss;
      if (gradient) for (let index = 0; index < gradient.length; index += 1) gradient[index] += part.gradient[index];
      else gradient = part.gradient;
      rows.statesOf(part.state).forEach((state, index) => (states[slots[index]] = state));
      firstSlot += slots.length;
    }
    return { loss, gradient: gradient ?? new Float32Array(share.weights.length), states };
  }

  dispose(): void {
    for (const automaton of this.#automata.values()) automaton.dispose();
    this.#automata.clear();
  }

  #automatonFor(dropout: number): Automaton {
    const known = this.#automata.get(dropout);
    if (known) return known;
    const automaton = this.#make(this.#settings.specification, { dropout });
    this.#automata.set(dropout, automaton);
    return automaton;
  }
}
