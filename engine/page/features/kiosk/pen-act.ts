/** Scenes in which a hand writes or draws, and the cells say what they think it is. */
import { writeDigit } from '../../../common/handwriting/write-digit.ts';
import type { Stroke } from '../../../common/handwriting/stroke.ts';
import type { Random } from '../../../common/random/random.ts';
import { drawShape } from '../../../learning/strokes/shapes.ts';
import { type Act, anyDigit, centreOf, lineOfTiles } from './act.ts';
import { Pen, penPath } from './pen-path.ts';
import { type SceneOf, SHOWN_SHAPES } from './scene-settings.ts';
import type { Aim, ShowStage, Tile } from './show-stage.ts';

const CELLS_A_SECOND = 16;
const HASTE_IN_THE_AIR = 2.5;
const PEN_RADIUS = 1.6;

/** Before the hand begins. */
const FIRST_REST_SECONDS = 1.5;

/** What a hand draws, and how long that takes. */
interface PenWork {
  /** Seconds to draw one thing … */
  readonly drawingSeconds: number;
  /** … and seconds after it, for the ink to decide and for viewers to read the result. */
  readonly decidingSeconds: number;
  /** The distance from one drawing to the next, in tiles. */
  readonly tilesApart: number;
  /**
   * Returns the strokes of a drawing, in a square whose side is 1.
   * @param count the number of drawings before it
   */
  readonly strokesOf: (count: number) => readonly Stroke[];
}

/** Digits, side by side. */
export function writing({ digits }: SceneOf<'write'>, stage: ShowStage, random: Random): PenWork {
  return {
    drawingSeconds: 4.5,
    decidingSeconds: 4.5,
    tilesApart: 1,
    strokesOf: (count) =>
      writeDigit(random, digits === undefined ? anyDigit(stage, random) : Number(digits[count % digits.length])),
  };
}

/** Shapes that are no digits, each with a digit beside it. */
export function drawingShapes({ shapes }: SceneOf<'unknown'>, random: Random): PenWork {
  return {
    drawingSeconds: 6,
    // Cells that do not agree are given more time before their answer is announced.
    decidingSeconds: 8,
    tilesApart: 2,
    strokesOf: (count) =>
      drawShape(random, shapes ? shapes[count % shapes.length] : SHOWN_SHAPES[random.below(SHOWN_SHAPES.length)]),
  };
}

/** A hand draws one thing after the other. */
export class PenAct implements Act {
  readonly #work: PenWork;
  readonly #stage: ShowStage;
  readonly #tiles: readonly Tile[];
  /** The length of the scene. */
  readonly #seconds: number;
  #tile: Tile;
  #count = 0;
  #pen: Pen | null = null;
  #before = 0;
  #restUntil = FIRST_REST_SECONDS;

  constructor(work: PenWork, stage: ShowStage, random: Random, seconds: number) {
    this.#work = work;
    this.#stage = stage;
    this.#seconds = seconds;
    this.#tiles = lineOfTiles(stage, random).filter((_, index) => index % work.tilesApart === 0);
    this.#tile = this.#tiles[0];
  }

  get aim(): Aim {
    return { ...centreOf(this.#tile, this.#stage), tiles: 3.5 };
  }

  update(seconds: number): void {
    const elapsed = seconds - this.#before;
    const { drawingSeconds, decidingSeconds } = this.#work;
    this.#before = seconds;
    this.#stage.keep(this.#tile);
    if (!this.#pen) {
      // Nothing is started that cannot be read before the scene ends.
      if (seconds < this.#restUntil || this.#seconds - seconds < drawingSeconds + decidingSeconds) return;
      this.#pen = this.#begin();
    }
    const pen = this.#pen;
    pen.advance(elapsed * CELLS_A_SECOND, HASTE_IN_THE_AIR, (from, to) => {
      this.#stage.paint([from, to], PEN_RADIUS);
    });
    this.#stage.pointAt(pen.position);
    if (pen.done) {
      this.#pen = null;
      this.#stage.ask(this.#tile);
      this.#restUntil = seconds + decidingSeconds;
    }
  }

  #begin(): Pen {
    const strokes = this.#work.strokesOf(this.#count);
    this.#tile = this.#tiles[this.#count % this.#tiles.length];
    this.#count += 1;
    const { tile } = this.#stage.layout;
    const centre = centreOf(this.#tile, this.#stage);
    this.#stage.ask(null);
    this.#stage.clearTile(this.#tile);
    return new Pen(penPath(strokes, centre), { x: centre.x + tile * 0.6, y: centre.y + tile * 0.7 });
  }
}
