/**
 * Strokes that go on from one screen to the next. A finger that leaves a screen's edge is lifted there, and comes down on
 * the next screen a moment later. If the two fit together, the line behind the bezel is drawn as well.
 */
import type { Region } from '../geometry.ts';
import type { HandAction } from '../messages.ts';

type Stroke = Extract<HandAction, { do: 'stroke' }>;
type Point = Stroke['points'][number];

/** The time that a finger takes across a bezel, at most. */
const MOST_MILLISECONDS = 700;
/** A stroke that ends or begins within this share of a screen's shorter side has reached its edge. */
const EDGE_SHARE = 0.06;
/** The longest way across, as a share of a screen's shorter side. */
const MOST_GAP_SHARE = 0.5;
/** The cosine of the greatest angle between the stroke and the way across. */
const LEAST_COSINE = 0.5;

/** How a stroke on a screen has ended so far. */
interface Ended {
  readonly member: number;
  readonly region: Region;
  readonly last: Point;
  /** A point before the last one, for the direction; null if it was a dot. */
  readonly before: Point | null;
  readonly radius: number;
  readonly erase: boolean;
  readonly atMilliseconds: number;
}

export class BezelBridge {
  /** The last segment of each screen. */
  readonly #ended = new Map<number, Ended>();
  /** The stroke that each screen is drawing. */
  readonly #strokes = new Map<number, number>();

  /**
   * Takes a segment of a stroke on a screen, and returns it, with the line behind the bezel in front of it if it goes on
   * from another screen.
   */
  take(member: number, region: Region, stroke: Stroke, nowMilliseconds: number): Stroke {
    const isNew = this.#strokes.get(member) !== stroke.stroke;
    const from = isNew ? this.#goesOnFrom(member, region, stroke, nowMilliseconds) : null;
    const { points, radius, erase } = stroke;
    const last = points[points.length - 1];
    const before = points.length > 1 ? points[points.length - 2] : null;
    this.#strokes.set(member, stroke.stroke);
    this.#ended.set(member, { member, region, last, before, radius, erase, atMilliseconds: nowMilliseconds });
    if (!from) return stroke;
    this.#ended.delete(from.member);
    return { ...stroke, points: [from.last, ...points] };
  }

  /** A screen has left. */
  forget(member: number): void {
    this.#ended.delete(member);
    this.#strokes.delete(member);
  }

  #goesOnFrom(
    member: number,
    region: Region,
    { points, radius, erase }: Stroke,
    nowMilliseconds: number,
  ): Ended | null {
    const [first] = points;
    if (!isAtEdge(first, region)) return null;
    let best: Ended | null = null;
    for (const ended of this.#ended.values()) {
      if (ended.member === member || nowMilliseconds - ended.atMilliseconds > MOST_MILLISECONDS) continue;
      if (ended.radius !== radius || ended.erase !== erase || !isAtEdge(ended.last, ended.region)) continue;
      const gap = distance(ended.last, first);
      if (gap > MOST_GAP_SHARE * Math.min(shorterSide(region), shorterSide(ended.region))) continue;
      if (!isAhead(ended, first)) continue;
      if (best === null || gap < distance(best.last, first)) best = ended;
    }
    return best;
  }
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

function shorterSide({ width, height }: Region): number {
  return Math.min(width, height);
}

function isAtEdge({ x, y }: Point, region: Region): boolean {
  const edge = EDGE_SHARE * shorterSide(region);
  const inner = Math.min(x - region.x, region.x + region.width - x, y - region.y, region.y + region.height - y);
  return inner <= edge;
}

/** Whether a point lies in the direction in which a stroke was going. */
function isAhead({ last, before }: Ended, point: Point): boolean {
  // A dot leads nowhere.
  if (!before) return false;
  const [x, y] = [last.x - before.x, last.y - before.y];
  const length = Math.hypot(x, y);
  const gap = distance(last, point);
  if (length === 0 || gap === 0) return true;
  return (x * (point.x - last.x) + y * (point.y - last.y)) / (length * gap) >= LEAST_COSINE;
}
