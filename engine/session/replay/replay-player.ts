/** Does a recorded session again, between the steps at which it was done, at whatever pace the steps come. */
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

/** How a replay ended. */
export interface ReplayResult {
  /** Steps that were run. */
  readonly steps: number;
  readonly digest: string;
  /** The digest with which the session ended when it was recorded. */
  readonly expected: string;
  readonly same: boolean;
  readonly renderer: string;
  /** Name of the GPU on which it was recorded; another one may well compute other last bits. */
  readonly recordedOn: string;
}

/** Ends a replay that somebody has taken over by drawing, by another model or the like. */
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
  /** How often the context had been lost when it began. */
  readonly #losses: number;
  #next = 0;
  /** Steps until the next event, or until the end. */
  #left: number;
  #imageStart = 0;
  /** What is being done takes time; no step is run meanwhile. */
  #isWaiting = false;
  #isOver = false;
  /** Kinds of what the player itself does at the moment. */
  #doing: ReadonlySet<string> = new Set();
  #expected: { dropout: number; noise: number; firing: string } | null = null;
  #settle: { resolve: (result: ReplayResult) => void; reject: (reason: unknown) => void } | null = null;
  /** Settled when the last step is done, or rejected when somebody takes over or an event cannot be done. */
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
   * Puts the beginning of a session in place of what there is, and itself in charge of the steps that follow.
   * @throws Error with the reason as a sentence; nothing has changed then
   */
  static async start(parts: PlayerParts, replay: Replay): Promise<ReplayPlayer> {
    const { playground, recorder, library } = parts;
    const before = { ...playground.settings.values };
    const models = await Promise.all(replay.models.map((model) => findModel(model, playground, library)));
    const [model] = models;
    const { settings } = acceptableSettings(replay.settings, model.specification);
    // Nothing may give way, or be tried, while it plays.
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
        throw new ReplayError('The replay contradicts itself: its scene is of another model.');
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

  /** Steps of the whole session. */
  get steps(): number {
    return stepsOf(this.#replay);
  }

  /** Ends it before its end. */
  stop(reason: ReplayError = new TakenOverError('The replay was stopped.')): void {
    this.#leave();
    this.#settle?.reject(reason);
  }

  advance(steps: number, run: (steps: number) => void): void {
    let wanted = steps;
    this.#doEvents();
    while (wanted > 0 && !this.#isWaiting && !this.#isOver) {
      if (this.#isRetuned()) {
        this.stop(new TakenOverError('The replay has ended: dropout, noise or firing were set by hand.'));
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

  /** Does what is due now, as far as it takes no time. */
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
          // The way that was used before may not be offered for this model; this one is, and is there at once.
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
    // Whoever owned edits gives them up meanwhile.
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
    if (!edit) throw new ReplayError(`The replay takes back edit ${number}, which has changed nothing here.`);
    return edit;
  }

  #keep(number: number | null, edit: AnEdit | null): void {
    if (number !== null && edit) this.#edits.set(number, edit);
    else if (edit) this.#parts.playground.simulation.edits.forget(edit);
  }

  /** Whether somebody has set by hand what the steps depend on. */
  #isRetuned(): boolean {
    if (!this.#expected) return false;
    const { dropout, noise, firing } = this.#parts.playground.simulation.time;
    return dropout !== this.#expected.dropout || noise !== this.#expected.noise || firing !== this.#expected.firing;
  }

  /** Something was done to the simulation; if not by this player, the replay is at its end. */
  #heard({ kind }: Operation): void {
    if (this.#isOver || this.#doing.has(kind) || kind === 'forget') return;
    if (this.#losses !== this.#parts.playground.simulation.device.losses) {
      // The state that has come back is of a moment before.
      this.stop(new ReplayError('The replay has ended: the GPU has taken its context back meanwhile.'));
      return;
    }
    this.stop(new TakenOverError('The replay has ended: the canvas was changed by hand.'));
  }

  #finish(): void {
    const { playground } = this.#parts;
    const { end, renderer: recordedOn } = this.#replay;
    const { renderer } = playground.simulation.device;
    const steps = this.steps;
    const expected = end.digest;
    // Of this very moment: what is changed from now on is not in it.
    const digest = stateDigest(playground.simulation);
    this.#leave();
    digest.then(
      (found) =>
        this.#settle?.resolve({ steps, digest: found, expected, same: found === expected, renderer, recordedOn }),
      (error: unknown) => this.#settle?.reject(error),
    );
  }

  /** Ends it because something went wrong. */
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
 * The model with a digest: the one that runs, one of the site's, or that in the file.
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

/** The way to compute a step that was used when it was recorded or, on another GPU, the best that there is here. */
function strategyHere(name: string, { renderer }: Replay, { simulation }: Playground): string {
  return renderer === simulation.device.renderer && STRATEGIES.some((one) => one === name) ? name : 'auto';
}
