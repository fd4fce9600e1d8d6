/** Replays a recorded session. Each operation is repeated at its step, whatever the pace of the steps. */
import type { Operation } from '../../automaton/operation.ts';
import { freshCanvas } from '../../automaton/saved-canvas.ts';
import { STRATEGIES } from '../../automaton/programs/strategies.ts';
import { sha256 } from '../../common/digest/sha256.ts';
import { decodeModelFile, encodeModelFile } from '../../common/model/file.ts';
import type { Model } from '../../common/model/weights.ts';
import { ReplayError, type ReplayEvent, stepsOf } from './replay.ts';
import type { Replay } from './replay-file.ts';
import { decodeScene } from '../../common/scene/scene-file.ts';
import { checkLayout } from '../arguments.ts';
import type { NamedModels } from '../named-models.ts';
import type { StepDriver } from '../canvas-frames.ts';
import type { Playground } from '../playground.ts';
import { acceptableSettings } from '../settings-from-outside.ts';
import type { SettingValues } from '../settings.ts';
import { decodeOperation, imageBytesOf } from './operation-codec.ts';
import type { SessionRecorder } from './recorder.ts';
import { stateDigest } from './state-digest.ts';

type AnEdit = Extract<Operation, { kind: 'forget' }>['edit'];

/** The result of a replay. */
export interface ReplayResult {
  /** The number of steps that were run. */
  readonly steps: number;
  readonly digest: string;
  /** The digest at the end of the recorded session. */
  readonly expected: string;
  readonly same: boolean;
  readonly renderer: string;
  /** The name of the GPU on which it was recorded. On another GPU, the last bits may well differ. */
  readonly recordedOn: string;
}

/** Ends a replay because the user has taken over, by drawing, changing the model or the like. */
export class TakenOverError extends ReplayError {
  override name = 'TakenOverError';
}

interface PlayerParts {
  readonly playground: Playground;
  readonly recorder: SessionRecorder;
  readonly library: NamedModels;
}

export class ReplayPlayer implements StepDriver {
  readonly #parts: PlayerParts;
  readonly #replay: Replay;
  readonly #models: readonly Model[];
  readonly #edits = new Map<number, AnEdit>();
  readonly #before: SettingValues;
  /** The number of context losses when the replay began. */
  readonly #losses: number;
  #next = 0;
  /** The number of steps until the next event, or until the end. */
  #left: number;
  #imageStart = 0;
  /** Whether an operation that takes time is in progress. No step is run in the meantime. */
  #isWaiting = false;
  #isOver = false;
  /** The kinds of operations that the player itself is performing at the moment. */
  #doing: ReadonlySet<string> = new Set();
  #expected: { dropout: number; noise: number; firing: string } | null = null;
  #settle: { resolve: (result: ReplayResult) => void; reject: (reason: unknown) => void } | null = null;
  /** Resolves when the last step is done. Rejects if the user takes over or an event cannot be repeated. */
  readonly result: Promise<ReplayResult>;

  private constructor(parts: PlayerParts, replay: Replay, models: readonly Model[], before: SettingValues) {
    this.#parts = parts;
    this.#replay = replay;
    this.#models = models;
    this.#before = before;
    this.#losses = parts.playground.simulation.device.losses;
    this.#left = replay.events[0]?.after ?? replay.end.after;
    this.result = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
  }

  /**
   * Replaces the canvas with the beginning of a session, and takes control of the steps that follow.
   *
   * @throws Error with the reason as a sentence; nothing has changed in that case
   */
  static async start(parts: PlayerParts, replay: Replay): Promise<ReplayPlayer> {
    const { playground, recorder, library } = parts;
    const before = { ...playground.settings.values };
    const models = await Promise.all(replay.models.map((model) => findModel(model, playground, library)));
    const [model] = models;
    const { settings } = acceptableSettings(replay.settings, model.specification);
    // Nothing may adapt, or be tried, during the replay.
    const fixed = { adapt: false, paused: true };
    const { start } = replay;
    if (start.kind === 'empty') {
      const canvas = freshCanvas(checkLayout(start.layout), model, start.seed, null);
      await playground.load(canvas, model, {
        ...settings,
        ...fixed,
        strategy: strategyHere(start.strategy, replay, playground),
      });
    } else {
      const scene = await decodeScene(start.bytes);
      if (sha256(scene.model) !== replay.models[0].digest) {
        throw new ReplayError('The replay contradicts itself: its scene belongs to another model.');
      }
      await playground.load(scene, model, {
        ...settings,
        ...fixed,
        strategy: strategyHere(scene.strategy, replay, playground),
      });
    }
    await playground.models.strategySettled;
    const player = new ReplayPlayer(parts, replay, models, before);
    playground.simulation.measurement.clearsRunaways = false;
    playground.frames.driver = player;
    recorder.listener = (operation) => player.#heard(operation);
    return player;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** The number of steps of the whole session. */
  get steps(): number {
    return stepsOf(this.#replay);
  }

  /** Stops the replay before its end. */
  stop(reason: ReplayError = new TakenOverError('The replay was stopped.')): void {
    this.#leave();
    this.#settle?.reject(reason);
  }

  advance(steps: number, run: (steps: number) => void): void {
    let wanted = steps;
    this.#doEvents();
    while (wanted > 0 && !this.#isWaiting && !this.#isOver) {
      if (this.#isRetuned()) {
        this.stop(new TakenOverError('The replay has ended: you have changed the dropout, noise or firing.'));
        run(wanted);
        return;
      }
      const count = Math.min(wanted, this.#left);
      if (count > 0) run(count);
      wanted -= count;
      this.#left -= count;
      this.#doEvents();
    }
  }

  /** Performs the events that are due, up to the first one that takes time. */
  #doEvents(): void {
    const { events, end } = this.#replay;
    while (!this.#isWaiting && !this.#isOver && this.#left === 0) {
      if (this.#next === events.length) {
        this.#finish();
        return;
      }
      const event = events[this.#next];
      this.#next += 1;
      this.#left = events[this.#next]?.after ?? end.after;
      try {
        this.#do(event);
      } catch (error) {
        this.fail(error);
      }
    }
  }

  #do(event: ReplayEvent): void {
    const { simulation, editor, settings } = this.#parts.playground;
    const ink = this.#replay.images.subarray(this.#imageStart, this.#imageStart + imageBytesOf(event));
    this.#imageStart += ink.length;
    this.#doing = new Set([event.do]);
    switch (event.do) {
      case 'begin':
        simulation.edits.begin();
        break;
      case 'end':
        this.#keep(event.edit, simulation.edits.end());
        break;
      case 'revert':
        this.#keep(event.inverse, simulation.edits.revert(this.#edit(event.edit)));
        break;
      case 'forget':
        simulation.edits.forget(this.#edit(event.edit));
        this.#edits.delete(event.edit);
        break;
      case 'reset':
        simulation.reset(event.seed);
        break;
      case 'model':
        this.#wait(['model', 'strategy'], async () => {
          // The previous strategy may not be available for this model. This one is, and it compiles immediately.
          settings.set({ strategy: STRATEGIES[0] });
          await this.#parts.playground.models.strategySettled;
          await this.#parts.playground.models.use(this.#models[event.model]);
          await this.#parts.playground.models.strategySettled;
          settings.set({ strategy: this.#strategyOf(event.strategy) });
        });
        break;
      case 'layout':
        this.#wait(['layout'], async () => {
          await this.#parts.playground.setCanvas(checkLayout(event.layout));
        });
        break;
      case 'strategy':
        this.#wait(['strategy'], () => settings.set({ strategy: this.#strategyOf(event.strategy) }));
        break;
      case 'tune': {
        const { dropout, noise, firing } = event;
        settings.set({ dropout, noise, firing });
        this.#expected = { dropout, noise, firing };
        break;
      }
      default:
        simulation.edits.apply(decodeOperation(event, ink));
    }
    if (!this.#isWaiting) this.#doing = new Set();
    editor.events.emit('edited', undefined);
  }

  #strategyOf(name: string): string {
    return strategyHere(name, this.#replay, this.#parts.playground);
  }

  #wait(doing: readonly string[], work: () => void | Promise<void>): void {
    this.#isWaiting = true;
    // The owners of edits release them in the meantime.
    this.#doing = new Set([...doing, 'forget', 'end']);
    const done = async (): Promise<void> => {
      await work();
      await this.#parts.playground.models.strategySettled;
    };
    done().then(
      () => {
        this.#isWaiting = false;
        this.#doing = new Set();
        this.#doEvents();
      },
      (error: unknown) => this.fail(error),
    );
  }

  #edit(number: number): AnEdit {
    const edit = this.#edits.get(number);
    if (!edit) throw new ReplayError(`The replay undoes edit ${number}, which has changed nothing here.`);
    return edit;
  }

  #keep(number: number | null, edit: AnEdit | null): void {
    if (number !== null && edit) this.#edits.set(number, edit);
    else if (edit) this.#parts.playground.simulation.edits.forget(edit);
  }

  /** Whether the user has changed a value that the steps depend on. */
  #isRetuned(): boolean {
    if (!this.#expected) return false;
    const { dropout, noise, firing } = this.#parts.playground.simulation.time;
    return dropout !== this.#expected.dropout || noise !== this.#expected.noise || firing !== this.#expected.firing;
  }

  /** Called for every operation. If this player did not perform it, the replay is over. */
  #heard({ kind }: Operation): void {
    if (this.#isOver || this.#doing.has(kind) || kind === 'forget') return;
    if (this.#losses !== this.#parts.playground.simulation.device.losses) {
      // The restored state is from an earlier moment.
      this.stop(new ReplayError('The replay has ended: the GPU context was lost in the meantime.'));
      return;
    }
    this.stop(new TakenOverError('The replay has ended: you have changed the canvas.'));
  }

  #finish(): void {
    const { playground } = this.#parts;
    const { end, renderer: recordedOn } = this.#replay;
    const { renderer } = playground.simulation.device;
    const steps = this.steps;
    const expected = end.digest;
    // The digest is of this very moment, without any later changes.
    const digest = stateDigest(playground.simulation);
    this.#leave();
    digest.then(
      (found) =>
        this.#settle?.resolve({ steps, digest: found, expected, same: found === expected, renderer, recordedOn }),
      (error: unknown) => this.#settle?.reject(error),
    );
  }

  /** Ends the replay because of an error. */
  fail(error: unknown): void {
    this.#leave();
    this.#settle?.reject(error);
  }

  #leave(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { playground, recorder } = this.#parts;
    if (playground.frames.driver === this) playground.frames.driver = null;
    recorder.listener = null;
    const { simulation, settings } = playground;
    simulation.measurement.clearsRunaways = true;
    for (const edit of this.#edits.values()) simulation.edits.forget(edit);
    this.#edits.clear();
    const { strategy, adapt } = this.#before;
    settings.set({ paused: true, strategy, adapt });
  }
}

/**
 * Finds the model with a digest: the one in use, one of the site's, or the one in the file.
 *
 * @throws ReplayError if there is none
 */
async function findModel(
  { name, digest, bytes }: Replay['models'][number],
  { simulation }: Playground,
  library: NamedModels,
): Promise<Model> {
  if (sha256(encodeModelFile(simulation.model)) === digest) return simulation.model;
  if (bytes) {
    if (sha256(bytes) !== digest) throw new ReplayError(`The model "${name}" in the replay is damaged.`);
    return decodeModelFile(bytes);
  }
  const model = library.has(name) ? await library.load(name) : null;
  if (model && sha256(encodeModelFile(model)) === digest) return model;
  throw new ReplayError(
    model
      ? `The replay was recorded with another version of the model "${name}".`
      : `The replay needs the model "${name}", which this site does not have; drop its file first.`,
  );
}

/** The strategy that was used for the recording or, on another GPU, `auto`. */
function strategyHere(name: string, { renderer }: Replay, { simulation }: Playground): string {
  return renderer === simulation.device.renderer && STRATEGIES.some((one) => one === name) ? name : 'auto';
}
