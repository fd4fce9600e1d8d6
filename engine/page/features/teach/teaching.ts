/**
 * Teaches the model on the canvas a new sign. The canvas takes over the newest weights while it runs on. Afterwards, the
 * sign is kept, taught further, or taken back.
 */
import { messageOf } from '../../../common/error-message.ts';
import { Emitter } from '../../../core/events.ts';
import { LIMITS } from '../../../common/model/specification.ts';
import type { Model } from '../../../common/model/weights.ts';
import { extendModel } from '../../../learning/teach/extend-model.ts';
import { TEACHING } from '../../../learning/teach/recipe.ts';
import { roomFor } from '../../../learning/teach/room.ts';
import type { Sign } from '../../../learning/teach/sign.ts';
import type { SignIssue } from '../../../learning/teach/sign-issue.ts';
import type {
  Measurement,
  Teacher,
  TeachListener,
  TeachProgress,
  TeachRequest,
  TeachResult,
} from '../../../learning/teach/teacher.ts';
import type { Playground } from '../../../session/playground.ts';
import { LearningRest } from './learning-rest.ts';

/** How often the last version is offered again that the canvas could not take, and for how long to a user in the past. */
const AGAIN_MILLISECONDS = 100;
const PATIENCE_TIMES = 50;

/** The longest name of a model. */
const MOST_NAME = 64;

export type OpenTeacher = (request: TeachRequest, listener: TeachListener) => Promise<Teacher>;

/** How to learn; see {@link TeachRequest}. */
export type CourseOptions = Pick<TeachRequest, 'seconds' | 'steps' | 'seed' | 'backend'>;

export interface TeachingEvents {
  /** A course has begun. */
  began: Sign;
  /** Something that only the model can tell about the drawings. */
  issue: SignIssue;
  progress: TeachProgress;
  measured: Measurement;
  /** A course has ended, and the sign can be kept or taken back. */
  taught: TeachResult;
  /** A course has failed. What the canvas has learnt until then can be kept or taken back. */
  failed: unknown;
  /** The sign was kept, or taken back, or the course was cancelled. */
  over: 'kept' | 'taken back';
}

export class Teaching {
  readonly events = new Emitter<TeachingEvents>();
  readonly #playground: Playground;
  readonly #openTeacher: OpenTeacher;
  readonly #isNameTaken: (name: string) => boolean;
  /** Identifies the latest course. */
  #courses = 0;
  #isOpening = false;
  #teacher: Teacher | null = null;
  /** The model before the first of the courses that were neither kept nor taken back. */
  #base: Model | null = null;
  /** The newest version that the canvas has taken. */
  #latest: Model | null = null;
  /** The canvas's steps a second when it was told to get ready. */
  #preparedRate = 0;
  #stopYielding = (): void => undefined;

  /** @param isNameTaken whether another model has a name */
  constructor(playground: Playground, openTeacher: OpenTeacher, isNameTaken: (name: string) => boolean) {
    this.#playground = playground;
    this.#openTeacher = openTeacher;
    this.#isNameTaken = isNameTaken;
  }

  get isLearning(): boolean {
    return this.#teacher !== null || this.#isOpening;
  }

  /** The model that was taught and neither kept nor taken back yet, or null. */
  get taught(): Model | null {
    return this.isLearning ? null : this.#latest;
  }

  /** The model that {@link takeBack} returns to, or the one on the canvas. */
  get base(): Model {
    return this.#base ?? this.#playground.simulation.model;
  }

  /** Lets the canvas get ready for a model with one more class, which compiles while the sign is being drawn. */
  prepare(): void {
    const { simulation, learning, rates } = this.#playground;
    this.#preparedRate = rates.stepsPerSecond;
    const { specification } = simulation.model;
    const room = roomFor(specification, [{ name: '', color: [0, 0, 0] }], TEACHING);
    const channels = specification.channels.count + room.classes.length + room.hiddenChannels;
    if (this.isLearning || specification.classes.length >= LIMITS.classes || channels > LIMITS.channels) return;
    learning.prepare(extendModel(simulation.model, room, 0));
  }

  /**
   * Teaches a sign to the model on the canvas. Resolves when the time is over, or after {@link stop}.
   *
   * @throws Error if the course fails or is cancelled
   */
  async learn(sign: Sign, options: CourseOptions): Promise<TeachResult> {
    if (this.isLearning) throw new Error('Another sign is being learnt at the moment.');
    const { simulation, learning, rates } = this.#playground;
    const { model } = simulation;
    // Drawing the sign has slowed the canvas down.
    const usual = Math.max(rates.stepsPerSecond, this.#preparedRate);
    this.#preparedRate = 0;
    this.#courses += 1;
    const own = this.#courses;
    const isOver = (): boolean => own !== this.#courses;
    // Taught more, the model keeps its name.
    let name = model === this.#latest ? model.specification.name : '';
    const named = (version: Model): Model => {
      name ||= this.#freeName(version.specification.name);
      return { ...version, specification: { ...version.specification, name } };
    };
    this.#base ??= model;
    this.#isOpening = true;
    learning.begin();
    this.events.emit('began', sign);
    try {
      const teacher = await this.#openTeacher(
        { ...options, model, signs: [sign] },
        {
          issue: (issue) => this.events.emit('issue', issue),
          progress: (progress) => this.events.emit('progress', progress),
          model: (version) => {
            if (!isOver()) this.#take(named(version), isOver);
          },
          measured: (measurement) => this.events.emit('measured', measurement),
        },
      );
      if (isOver()) teacher.cancel();
      else {
        this.#isOpening = false;
        this.#teacher = teacher;
        this.#stopYielding = this.#yieldToCanvas(teacher, usual);
      }
      const result = await teacher.done;
      const last = { ...result, model: named(result.model) };
      await this.#handOverLast(last.model);
      if (isOver()) throw new Error('The course was cancelled.');
      this.#latest = last.model;
      this.#end();
      this.events.emit('taught', last);
      return last;
    } catch (error) {
      if (!isOver()) {
        this.#end();
        this.events.emit('failed', error);
      }
      throw error;
    }
  }

  /** Ends the course in progress, and keeps what has been learnt until now. */
  stop(): void {
    this.#teacher?.stop();
  }

  /** Goes on with the model as it is now. Returns it, or null if there was nothing to keep. */
  keep(): Model | null {
    const model = this.taught;
    if (!model) return null;
    this.#forget();
    this.events.emit('over', 'kept');
    return model;
  }

  /** Ends the course in progress, and returns to the model before it. The state stays. */
  async takeBack(): Promise<void> {
    const base = this.#base;
    if (!base) return;
    const { simulation, learning } = this.#playground;
    const isOnCanvas = simulation.model !== base && (learning.isOn || simulation.model === this.#latest);
    const teacher = this.#teacher;
    this.#courses += 1;
    if (this.isLearning) this.#end();
    teacher?.cancel();
    this.#forget();
    if (isOnCanvas) {
      learning.begin();
      await this.#handOverLast(base);
      learning.end();
    }
    this.events.emit('over', 'taken back');
  }

  /** Offers a version to the canvas. If it cannot take it now, it takes a later one. */
  #take(version: Model, isOver: () => boolean): void {
    void this.#playground.learning.handOver(version).then(
      (isTaken) => {
        if (isTaken && !isOver()) this.#latest = version;
      },
      (error: unknown) => this.#playground.events.emit('rejected', [messageOf(error)]),
    );
  }

  /** The name, or the first one with a number that no other model has. */
  #freeName(name: string): string {
    for (let number = 1; ; number += 1) {
      const found = number === 1 ? name : `${name.slice(0, MOST_NAME - 4)}-${number}`;
      if (!this.#isNameTaken(found)) return found;
    }
  }

  /** Offers the last version until the canvas can take it, unless it has got another model. */
  async #handOverLast(model: Model): Promise<void> {
    const { learning, clock, editor } = this.#playground;
    for (let times = 0; learning.isOn && !(await learning.handOver(model)); times += 1) {
      await new Promise<void>((resolve) => clock.after(AGAIN_MILLISECONDS, resolve));
      if (times >= PATIENCE_TIMES && this.#playground.live) editor.changes.goOnFromHere();
    }
  }

  #end(): void {
    this.#teacher = null;
    this.#isOpening = false;
    this.#stopYielding();
    this.#playground.learning.end();
  }

  #forget(): void {
    this.#base = null;
    this.#latest = null;
  }

  /** Lets the teacher rest while the user is drawing, and as the canvas needs it. Returns what ends that. */
  #yieldToCanvas(teacher: Teacher, usual: number): () => void {
    const { editor, clock, rates, settings } = this.#playground;
    const wanted = (): number => (settings.values.paused ? 0 : Math.min(usual, settings.values.stepsPerSecond));
    const rest = new LearningRest(teacher, clock, () => rates.stepsPerSecond, wanted);
    const stopListening = editor.events.on('stroked', () => rest.stroked());
    return () => {
      stopListening();
      rest.end();
    };
  }
}
