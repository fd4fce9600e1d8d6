/** Plays the show: one scene after the other, each chosen by weight from the scenes for the current hours. */
import type { CanvasLayout } from '../../../automaton/types.ts';
import { type Random } from '../../../common/random/random.ts';
import type { Act } from './act.ts';
import { beginAct } from './acts.ts';
import { type Hours, isWithin, type WallTime } from './hours.ts';
import { Renewal } from './renewal.ts';
import type { Scene } from './scene-settings.ts';
import type { Aim, ShowStage, Tile } from './show-stage.ts';

/** Shown when no scene is available for the current hours. */
const REST: Scene = { kind: 'rest', seconds: 10, weight: 1, quiet: true };

/** The first scene after a guest, which replaces everything. */
const CLEAN_UP: Scene = { kind: 'wave', seconds: 8, weight: 1, quiet: true, direction: 'right' };

/** After a sleeping tab or a long frame, the show advances by no more than this. */
const LONGEST_STEP_SECONDS = 0.25;

/** How often tiles are checked for renewal. */
const RENEWAL_SECONDS = 0.25;

export interface DirectorOptions {
  readonly stage: ShowStage;
  readonly scenes: readonly Scene[];
  readonly quietHours: readonly Hours[];
  /** No digit stays longer than this. */
  readonly renewSeconds: number;
  readonly random: Random;
  /** Returns the current local time. */
  readonly wallTime: () => WallTime;
  /** Called when a scene has started; `quiet` says whether these are quiet hours. */
  readonly began: (scene: Scene, quiet: boolean) => void;
  /** Where the camera should look now; called every frame. */
  readonly look: (aim: Aim, elapsedSeconds: number) => void;
}

export class Director {
  readonly #options: DirectorOptions;
  readonly #stage: ShowStage;
  #layout: CanvasLayout;
  #renewal: Renewal;
  #scene: Scene = REST;
  #act: Act | null = null;
  /** Whether the next scene is the first one to be chosen since the show started. */
  #isOpening = false;
  #sceneSeconds = 0;
  #showSeconds = 0;
  #renewedSeconds = 0;
  #lastMilliseconds: number | null = null;

  constructor(options: DirectorOptions) {
    this.#options = options;
    this.#stage = renewing(options.stage, {
      touched: (tile) => this.#renewal.touch(this.#indexOf(tile), this.#showSeconds),
      kept: (tile) => this.#renewal.keep(this.#indexOf(tile)),
    });
    this.#layout = options.stage.layout;
    this.#renewal = this.#newRenewal();
  }

  /** The scene that is playing, or null. */
  get scene(): Scene | null {
    return this.#act ? this.#scene : null;
  }

  /**
   * Starts the show, with a hand that writes if such a scene is available. After a guest, it first replaces everything.
   */
  start({ cleanUp }: { cleanUp: boolean }): void {
    this.#lastMilliseconds = null;
    this.#isOpening = true;
    this.#begin(cleanUp ? CLEAN_UP : this.#choose());
  }

  /** Stops the show and leaves everything as it is. */
  stop(): void {
    this.#act = null;
    this.#clearSigns();
  }

  /** Continues playing; call every frame. */
  update(nowMilliseconds: number): void {
    if (!this.#act) return;
    const elapsed = Math.max(0, (nowMilliseconds - (this.#lastMilliseconds ?? nowMilliseconds)) / 1000);
    const step = Math.min(LONGEST_STEP_SECONDS, elapsed);
    this.#lastMilliseconds = nowMilliseconds;
    if (this.#stage.layout !== this.#layout) {
      // The canvas has changed, so previous plans no longer apply.
      this.#layout = this.#stage.layout;
      this.#renewal = this.#newRenewal();
      this.#begin(this.#choose());
    }
    this.#sceneSeconds += step;
    this.#showSeconds += step;
    if (this.#sceneSeconds >= this.#scene.seconds) this.#begin(this.#choose());
    this.#act.update(this.#sceneSeconds);
    this.#renew();
    this.#options.look(this.#act.aim, step);
  }

  #begin(scene: Scene): void {
    this.#clearSigns();
    this.#scene = scene;
    this.#sceneSeconds = 0;
    this.#act = beginAct(scene, this.#stage, this.#options.random);
    this.#options.began(scene, this.#isQuiet());
  }

  #clearSigns(): void {
    this.#stage.pointAt(null);
    this.#stage.ask(null);
  }

  #choose(): Scene {
    const isOpening = this.#isOpening;
    this.#isOpening = false;
    return chooseScene(this.#options.scenes, {
      isOpening,
      time: this.#options.wallTime(),
      quiet: this.#isQuiet(),
      last: this.#act ? this.#scene : null,
      share: this.#options.random.unit(),
    });
  }

  #isQuiet(): boolean {
    return isWithin(this.#options.quietHours, this.#options.wallTime());
  }

  #renew(): void {
    if (this.#showSeconds - this.#renewedSeconds < RENEWAL_SECONDS) return;
    this.#renewedSeconds = this.#showSeconds;
    const { columns, rows } = this.#layout;
    const most = 1 + Math.ceil((2 * columns * rows * RENEWAL_SECONDS) / this.#options.renewSeconds);
    for (const index of this.#renewal.due(this.#showSeconds, most)) {
      this.#stage.putDigit({ column: index % columns, row: Math.floor(index / columns) });
    }
  }

  #newRenewal(): Renewal {
    const { columns, rows } = this.#layout;
    return new Renewal(columns * rows, this.#options.renewSeconds, this.#options.random.split(1));
  }

  #indexOf({ column, row }: Tile): number {
    return row * this.#layout.columns + column;
  }
}

interface TileReports {
  readonly touched: (tile: Tile) => void;
  readonly kept: (tile: Tile) => void;
}

/** Wraps the stage to report every tile that is changed or still needed. */
function renewing(stage: ShowStage, { touched, kept }: TileReports): ShowStage {
  return {
    get layout() {
      return stage.layout;
    },
    get digits() {
      return stage.digits;
    },
    putDigit: (tile, digit) => {
      stage.putDigit(tile, digit);
      touched(tile);
    },
    putChimera: (tile, above, below) => {
      stage.putChimera(tile, above, below);
      touched(tile);
    },
    clearTile: (tile) => {
      stage.clearTile(tile);
      touched(tile);
    },
    keep: kept,
    paint: (points, radius) => stage.paint(points, radius),
    damage: (points, radius) => stage.damage(points, radius),
    pointAt: (cell) => stage.pointAt(cell),
    ask: (tile) => stage.ask(tile),
  };
}

/** What the choice of a scene depends on. */
export interface Choice {
  readonly time: WallTime;
  readonly quiet: boolean;
  /**
   * Whether the show opens with it. It then opens with a hand that writes, which a passer-by understands immediately.
   */
  readonly isOpening: boolean;
  /** The previous scene, which is not repeated if there is another one. */
  readonly last: Scene | null;
  /** A random number, 0…1. */
  readonly share: number;
}

/** Chooses one of the scenes for the current hours, by weight. */
export function chooseScene(scenes: readonly Scene[], { time, quiet, isOpening, last, share }: Choice): Scene {
  const timely = scenes.filter(
    (scene) =>
      scene.weight > 0 && (scene.hours === undefined || isWithin(scene.hours, time)) && (scene.quiet || !quiet),
  );
  const writing = isOpening ? timely.filter(({ kind }) => kind === 'write') : [];
  const fitting = writing.length > 0 ? writing : timely;
  const others = fitting.filter((scene) => scene !== last);
  const candidates = others.length > 0 ? others : fitting;
  let left = share * candidates.reduce((sum, { weight }) => sum + weight, 0);
  return candidates.find(({ weight }) => (left -= weight) < 0) ?? candidates[candidates.length - 1] ?? REST;
}
