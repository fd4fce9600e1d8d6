/** Shows lessons on the user's canvas, and restores afterwards what was on it. */
import type { SavedCanvas } from '../../../automaton/saved-canvas.ts';
import { drawDigit } from '../../../common/handwriting/draw-digit.ts';
import type { Model } from '../../../common/model/weights.ts';
import { Random } from '../../../common/random/random.ts';
import type { Cancel } from '../../../core/clock.ts';
import type { Point } from '../../../view/camera.ts';
import type { Page } from '../../shell/feature.ts';
import { loadPart } from '../../shell/load-part.ts';
import type { SettingValues } from '../../../session/settings.ts';
import { type Act, type Lesson, pointsOf } from './lessons.ts';

const LOOK_EVERY_MILLISECONDS = 60;

/** The seed of the handwriting in lessons, so that the digits are the same every time. */
const HAND_SEED = 4;

/** What the user had before the first lesson. */
interface Belongings {
  readonly canvas: SavedCanvas;
  readonly model: Model;
  readonly settings: SettingValues;
  readonly centre: Point;
  readonly magnification: number;
}

/** What a lesson tells while it runs. */
export interface LessonFigures {
  /** Receives how many training steps were taken, and the share of the sign's cells that are wrong. */
  readonly learnt: (step: number, share: number) => void;
  /** Receives the share of the undecided cells of the ink that is no digit, and that of the digit beside it. */
  readonly undecided: (other: number, digit: number) => void;
}

export class LessonRunner {
  readonly #page: Page;
  #belongings: Belongings | null = null;
  readonly #tell: LessonFigures;
  /** Ends the teaching of the present lesson. */
  #stopTeaching: () => Promise<void> = () => Promise.resolve();
  #done = 0;
  #stopWatching: Cancel = () => undefined;
  #stopTelling: () => void = () => undefined;
  /** The lesson being set up, or the canvas being restored. */
  #work: Promise<void> = Promise.resolve();
  #turns = 0;
  #turnsTaken = 0;

  constructor(page: Page, tell: LessonFigures) {
    this.#page = page;
    this.#tell = tell;
  }

  /** Whether a lesson or the user's canvas is being set up, or waits for its turn. */
  get isBusy(): boolean {
    return this.#turnsTaken < this.#turns;
  }

  /** Sets up a lesson from its beginning and runs it, unless another one is requested before its turn comes. */
  show(lesson: Lesson): Promise<void> {
    return this.#inTurn(() => this.#layOut(lesson));
  }

  /** Restores the user's canvas, cells, model, settings and view. */
  leave(): Promise<void> {
    return this.#inTurn(() => this.#bringBack());
  }

  /** Runs requests one after the other, skipping all waiting ones except the last. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turns += 1;
    const own = this.#turns;
    const turn = this.#work
      .then(async () => {
        this.#stopWatching();
        this.#stopTelling();
        await this.#stopTeaching();
        return own === this.#turns ? work() : undefined;
      })
      .finally(() => {
        this.#turnsTaken = own;
      });
    this.#work = turn.catch(() => undefined);
    return turn;
  }

  async #layOut({ layout, digits, acts, settings, model, tellsUndecided, teaches }: Lesson): Promise<void> {
    const { playground, library } = this.#page;
    const { editor } = playground;
    if (playground.simulations.length > 1) await playground.models.compareWith(null);
    this.#belongings ??= await this.#collect();
    const name = model ?? library.entries[0].name;
    if (playground.simulation.model.specification.name !== name) {
      await playground.models.use(await library.load(name));
    }
    await playground.setCanvas(layout);
    playground.settings.set(settings);
    playground.reset();
    const random = new Random(HAND_SEED);
    const { classes } = playground.simulation.model.specification;
    const labels = digits.map((digit) => classes.findIndex(({ name }) => name === String(digit)));
    const images = digits.map((digit, index) => drawDigit(random.split(index), digit));
    if (!labels.includes(-1) && digits.length > 0) await editor.setDigits(joined(images), labels);
    this.#done = 0;
    this.#watch(acts);
    if (tellsUndecided) this.#tellUndecided();
    if (teaches) {
      const { teachHeart } = await loadPart(() => import('./teach-heart.ts'));
      this.#stopTeaching = teachHeart(this.#page, this.#tell.learnt);
    }
  }

  async #bringBack(): Promise<void> {
    const belongings = this.#belongings;
    if (!belongings) return;
    const { playground } = this.#page;
    const { canvas, model, settings, centre, magnification } = belongings;
    await playground.load(canvas, model, settings);
    this.#belongings = null;
    playground.camera.look(centre, magnification);
  }

  async #collect(): Promise<Belongings> {
    const { settings, simulation, camera } = this.#page.playground;
    const { centre, magnification } = camera;
    return {
      canvas: await simulation.save(),
      model: simulation.model,
      settings: { ...settings.values },
      centre,
      magnification,
    };
  }

  /** Performs the acts that are due at the step that the automaton has reached. */
  #watch(acts: readonly Act[]): void {
    const { playground, attempt } = this.#page;
    for (; this.#done < acts.length; this.#done += 1) {
      const act = acts[this.#done];
      if (!playground.live || act.step > playground.simulation.time.step) break;
      attempt(() => this.#do(act));
    }
    if (this.#done < acts.length) {
      this.#stopWatching = playground.clock.after(LOOK_EVERY_MILLISECONDS, () => this.#watch(acts));
    }
  }

  #tellUndecided(): void {
    this.#stopTelling = this.#page.playground.events.on('measured', ({ digits }) => {
      const [digit, other] = [0, 1].map((tile) => digits.find(({ column }) => column === tile));
      if (digit && other) this.#tell.undecided(other.undecided, digit.undecided);
    });
  }

  #do({ kind, lines, radius }: Act): void {
    const { editor } = this.#page.playground;
    editor.changes.begin();
    for (const line of lines) {
      if (kind === 'wipe') editor.damage(pointsOf(line), radius);
      else editor.paint(pointsOf(line), { radius, erase: kind === 'erase' });
    }
    editor.changes.end();
  }
}

function joined(images: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(images.reduce((sum, { length }) => sum + length, 0));
  images.reduce((start, image) => {
    all.set(image, start);
    return start + image.length;
  }, 0);
  return all;
}
