/** Plays the show: one scene after the other, each chosen by weight among those whose time it is. */
import type { CanvasLayout } from '../../../automaton/types.ts';
import { type Random } from '../../../common/random/random.ts';
import { type Act, beginAct } from './acts.ts';
import { type Hours, isWithin, type WallTime } from './hours.ts';
import { Renewal } from './renewal.ts';
import type { Scene } from './scene-settings.ts';
import type { Aim, ShowStage, Tile } from './show-stage.ts';

/** What is shown where no scene's time has come. */
const REST: Scene = { kind: 'rest', seconds: 10, weight: 1, quiet: true };

/** The first scene after a guest: everything becomes new. */
const CLEAN_UP: Scene = { kind: 'wave', seconds: 8, weight: 1, quiet: true, direction: 'right' };

/** A tab that slept, or a frame that was long, moves the show on by no more than this. */
const LONGEST_STEP_SECONDS = 0.25;

/** How often tiles are looked through for those whose turn it is. */
const RENEWAL_SECONDS = 0.25;

export interface DirectorOptions {
  readonly stage: ShowStage;
  readonly scenes: readonly Scene[];
  readonly quietHours: readonly Hours[];
  /** No digit stays longer than this. */
  readonly renewSeconds: number;
  readonly random: Random;
  /** What the clock on the wall shows. */
  readonly wallTime: () => WallTime;
  /** A scene has begun; `quiet` tells whether these are quiet hours. */
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
  /** Whether the next scene is the first one that is chosen since the show began. */
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

  /** The scene that is played, or null while none is. */
  get scene(): Scene | null {
    return this.#act ? this.#scene : null;
  }

  /** Begins the show with a hand that writes, if such a scene may be shown; after a guest with everything made new. */
  start({ cleanUp }: { cleanUp: boolean }): void {
    this.#lastMilliseconds = null;
    this.#isOpening = true;
    this.#begin(cleanUp ? CLEAN_UP : this.#choose());
  }

  /** Leaves everything as it is. */
  stop(): void {
    this.#act = null;
    this.#clearSigns();
  }

  /** Plays on; call every frame. */
  update(nowMilliseconds: number): void {
    if (!this.#act) return;
    const elapsed = Math.max(0, (nowMilliseconds - (this.#lastMilliseconds ?? nowMilliseconds)) / 1000);
    const step = Math.min(LONGEST_STEP_SECONDS, elapsed);
    this.#lastMilliseconds = nowMilliseconds;
    if (this.#stage.layout !== this.#layout) {
      // Another canvas: what was planned has no place on it.
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

/** The stage, with every tile that is changed or still needed reported. */
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

/** What a scene is chosen by. */
export interface Choice {
  readonly time: WallTime;
  readonly quiet: boolean;
  /** Whether the show opens with it: with a hand that writes, which a passer-by understands at once. */
  readonly isOpening: boolean;
  /** The scene before, which is not repeated if there is another. */
  readonly last: Scene | null;
  /** 0…1, from chance. */
  readonly share: number;
}

/** One of the scenes whose time it is, by weight. */
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
