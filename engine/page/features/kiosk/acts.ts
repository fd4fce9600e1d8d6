/** How each kind of scene is played on the stage. */
import type { Random } from '../../../common/random/random.ts';
import { type Act, anyDigit, anyTile, centreOf, lineOfTiles, wholeCanvas } from './act.ts';
import { drawingShapes, PenAct, writing } from './pen-act.ts';
import type { Scene, SceneOf, WaveDirection } from './scene-settings.ts';
import { WAVE_DIRECTIONS } from './scene-settings.ts';
import type { Aim, ShowStage, Tile } from './show-stage.ts';

/** Starts playing a scene. */
export function beginAct(scene: Scene, stage: ShowStage, random: Random): Act {
  switch (scene.kind) {
    case 'write':
      return new PenAct(writing(scene, stage, random), stage, random, scene.seconds);
    case 'wave':
      return new WaveAct(stage, random, scene.seconds, scene.direction);
    case 'damage':
      return new DamageAct(scene, stage, random);
    case 'chimera':
      return new ChimeraAct(scene, stage, random);
    case 'unknown':
      return new PenAct(drawingShapes(scene, random), stage, random, scene.seconds);
    case 'zoom':
      return new ZoomAct(scene, stage, random);
    case 'rest':
      return { aim: wholeCanvas(stage), update: () => undefined };
  }
}

/** The share of the scene during which the front crosses the canvas. */
const CROSSING_SHARE = 0.7;
/** More digits in one frame would cause a noticeable delay. */
const MOST_DIGITS_A_FRAME = 8;

class WaveAct implements Act {
  readonly #stage: ShowStage;
  readonly #order: readonly { readonly tile: Tile; readonly moment: number }[];
  readonly #seconds: number;
  #next = 0;
  readonly aim: Aim;

  constructor(stage: ShowStage, random: Random, seconds: number, direction?: WaveDirection) {
    this.#stage = stage;
    this.#seconds = seconds;
    this.#order = waveOrder(stage, random, direction ?? WAVE_DIRECTIONS[random.below(WAVE_DIRECTIONS.length)]);
    this.aim = wholeCanvas(stage);
  }

  update(seconds: number): void {
    const front = seconds / (this.#seconds * CROSSING_SHARE);
    for (let count = 0; count < MOST_DIGITS_A_FRAME; count += 1) {
      const next = this.#order[this.#next];
      if (!next || next.moment > front) return;
      this.#stage.putDigit(next.tile);
      this.#next += 1;
    }
  }
}

/** All tiles in the order in which the front reaches them; `moment` goes from 0 to 1. */
function waveOrder(
  { layout: { columns, rows } }: ShowStage,
  random: Random,
  direction: WaveDirection,
): { tile: Tile; moment: number }[] {
  const wayTo = ({ column, row }: Tile): number => {
    const x = (column + 0.5) / columns;
    const y = (row + 0.5) / rows;
    const ways = { right: x, left: 1 - x, down: y, up: 1 - y, outward: Math.hypot(x - 0.5, y - 0.5) * Math.SQRT2 };
    return ways[direction];
  };
  return Array.from({ length: columns * rows }, (_, index) => {
    const tile = { column: index % columns, row: Math.floor(index / columns) };
    return { tile, moment: wayTo(tile) + random.range(-0.04, 0) };
  }).sort((one, other) => one.moment - other.moment);
}

const CROSSING_SECONDS = 2.5;

class DamageAct implements Act {
  readonly #scene: SceneOf<'damage'>;
  readonly #stage: ShowStage;
  readonly #random: Random;
  readonly aim: Aim;
  #count = 0;
  #path: readonly (readonly [number, number])[] = [];
  #before = 0;

  constructor(scene: SceneOf<'damage'>, stage: ShowStage, random: Random) {
    this.#scene = scene;
    this.#stage = stage;
    this.#random = random;
    const { tiles } = wholeCanvas(stage);
    this.aim = { ...centreOf(anyTile(stage, random), stage), tiles: Math.min(tiles, 6) };
  }

  update(seconds: number): void {
    const pause = this.#scene.seconds / this.#scene.times;
    const turn = Math.floor(seconds / pause);
    if (turn >= this.#count && this.#count < this.#scene.times) {
      this.#path = this.#anyPath();
      this.#count = turn + 1;
      this.#before = 0;
    }
    const share = Math.min(1, (seconds - turn * pause) / Math.min(CROSSING_SECONDS, pause));
    if (share <= this.#before) return;
    // The points are close enough together to form one path.
    const points = [0, 0.25, 0.5, 0.75, 1].map((part) => this.#at(this.#before + part * (share - this.#before)));
    this.#stage.damage(points, this.#scene.radius);
    this.#stage.pointAt(points[points.length - 1]);
    this.#before = share;
  }

  /** A curved path through the middle of the camera's view. */
  #anyPath(): [number, number][] {
    const reach = (this.aim.tiles * this.#stage.layout.tile) / 2;
    const angle = this.#random.range(0, 2 * Math.PI);
    const bend = this.#random.range(-1, 1);
    return [
      [-1, 0],
      [0, bend],
      [1, 0],
    ].map(([along, across]) => [
      this.aim.x + reach * (along * Math.cos(angle) - across * Math.sin(angle)),
      this.aim.y + reach * (along * Math.sin(angle) + across * Math.cos(angle)),
    ]);
  }

  /** A point of the quadratic Bézier curve along the path. */
  #at(share: number): { x: number; y: number } {
    const weights = [(1 - share) ** 2, 2 * share * (1 - share), share ** 2];
    const sum = (axis: 0 | 1) => this.#path.reduce((total, point, index) => total + weights[index] * point[axis], 0);
    return { x: sum(0), y: sum(1) };
  }
}

class ChimeraAct implements Act {
  readonly #scene: SceneOf<'chimera'>;
  readonly #stage: ShowStage;
  readonly #random: Random;
  readonly #tiles: readonly Tile[];
  /** The number of tiles that have had their turn. */
  #count = 0;

  constructor(scene: SceneOf<'chimera'>, stage: ShowStage, random: Random) {
    this.#scene = scene;
    this.#stage = stage;
    this.#random = random;
    this.#tiles = lineOfTiles(stage, random);
  }

  get aim(): Aim {
    const tile = this.#tiles[Math.max(0, this.#count - 1) % this.#tiles.length];
    return { ...centreOf(tile, this.#stage), tiles: 3 };
  }

  update(seconds: number): void {
    const { times } = this.#scene;
    const turn = Math.floor((seconds / this.#scene.seconds) * times);
    if (turn >= this.#count && this.#count < times) {
      const above = anyDigit(this.#stage, this.#random);
      const others = this.#stage.digits.filter((digit) => digit !== above);
      const tile = this.#tiles[turn % this.#tiles.length];
      this.#stage.putChimera(tile, above, others[this.#random.below(others.length)] ?? above);
      this.#stage.ask(tile);
      this.#count = turn + 1;
    }
    this.#stage.keep(this.#tiles[Math.max(0, this.#count - 1) % this.#tiles.length]);
  }
}

class ZoomAct implements Act {
  readonly #scene: SceneOf<'zoom'>;
  readonly #whole: Aim;
  readonly #near: { readonly x: number; readonly y: number };
  aim: Aim;

  constructor(scene: SceneOf<'zoom'>, stage: ShowStage, random: Random) {
    this.#scene = scene;
    this.#whole = wholeCanvas(stage);
    this.#near = centreOf(anyTile(stage, random), stage);
    this.aim = this.#whole;
  }

  /** Zooms in until the middle of the scene, and out again. Zooming at a constant rate of the logarithm looks even. */
  update(seconds: number): void {
    const nearness = 0.5 - 0.5 * Math.cos(2 * Math.PI * Math.min(1, seconds / this.#scene.seconds));
    const tiles = this.#whole.tiles * (Math.min(this.#scene.tiles, this.#whole.tiles) / this.#whole.tiles) ** nearness;
    this.aim = { ...this.#near, tiles };
  }
}
