/** Shapes that are no digits, as a hand draws them, in the unit square: for training, and for tests. */
import { roundPath, tracePath, type ControlPoint } from '../../common/handwriting/curve.ts';
import { boundsOf, mapStrokes, type Stroke } from '../../common/handwriting/stroke.ts';
import type { Random } from '../../common/random/random.ts';

const SPACING = 0.03;
/** Deviation of the control points. */
const WOBBLE = 0.025;

type Point = readonly [x: number, y: number];

/** Points around a centre, by turns of the circle from the top. */
function around(count: number, radiusAt: (index: number) => number, turns = 1): Point[] {
  return Array.from({ length: count + 1 }, (_, index) => {
    const angle = (2 * Math.PI * turns * index) / count - Math.PI / 2;
    return [0.5 + radiusAt(index) * Math.cos(angle), 0.5 + radiusAt(index) * Math.sin(angle)];
  });
}

/** A path of straight lines, or a curve through the points. */
function draw(random: Random, points: readonly Point[], corners: boolean): Stroke {
  const controls = points.map(([x, y]): ControlPoint => ({
    x: x + random.normal(WOBBLE),
    y: y + random.normal(WOBBLE),
    corner: corners,
  }));
  const path = tracePath(controls, SPACING);
  return (corners ? path : roundPath(path, 1)).map(({ x, y }) => ({ x, y, pressure: 1 }));
}

const wander = (random: Random): Point => [random.unit(), random.unit()];

/** By name, what draws one. */
export const SHAPES = {
  scribble: (random: Random) => [
    draw(
      random,
      Array.from({ length: 6 + random.below(10) }, () => wander(random)),
      random.unit() < 0.3,
    ),
  ],
  zigzag: (random: Random) => {
    const count = 5 + random.below(6);
    const points = Array.from({ length: count }, (_, index): Point => [index / (count - 1), index % 2]);
    return [draw(random, points, random.unit() < 0.6)];
  },
  // Level or slanting: an upright one is a 1.
  line: (random: Random) => {
    const angle = random.range(-0.35, 0.35);
    const points = [0, 0.33, 0.66, 1].map((way): Point => [way * Math.cos(angle), way * Math.sin(angle)]);
    return [draw(random, points, false)];
  },
  wave: (random: Random) => {
    const waves = 1.5 + random.unit() * 2;
    const points = Array.from({ length: 16 }, (_, index): Point => {
      const way = index / 15;
      return [way, 0.5 + 0.15 * Math.sin(2 * Math.PI * waves * way)];
    });
    return [draw(random, points, false)];
  },
  blob: (random: Random) => {
    const breadth = random.range(0.6, 1.3);
    const tight = 7 + random.below(4);
    const points = around(12 * tight, (index) => (0.48 * index) / (12 * tight), tight);
    return [
      draw(
        random,
        points.map(([x, y]): Point => [x * breadth, y]),
        false,
      ),
    ];
  },
  spiral: (random: Random) => {
    const turns = 2.2 + random.unit();
    return [
      draw(
        random,
        around(30, (index) => 0.05 + (0.45 * index) / 30, turns),
        false,
      ),
    ];
  },
  heart: (random: Random) => {
    // prettier-ignore
    const points: Point[] = [[0.5, 0.3], [0.35, 0.08], [0.12, 0.08], [0.02, 0.32], [0.2, 0.62], [0.5, 0.98], [0.8, 0.62], [0.98, 0.32], [0.88, 0.08], [0.65, 0.08], [0.5, 0.3]];
    return [draw(random, points, false)];
  },
  star: (random: Random) => [
    draw(
      random,
      around(5, () => 0.5, 2),
      true,
    ),
  ],
  sun: (random: Random) => [
    draw(
      random,
      around(10 + 2 * random.below(4), (index) => (index % 2 ? 0.2 : 0.5)),
      true,
    ),
  ],
  cross: (random: Random) => [
    draw(
      random,
      [
        [0.5, 0],
        [0.5, 1],
      ],
      true,
    ),
    draw(
      random,
      [
        [0, 0.5],
        [1, 0.5],
      ],
      true,
    ),
  ],
  diagonals: (random: Random) => [
    draw(
      random,
      [
        [0.1, 0],
        [0.9, 1],
      ],
      true,
    ),
    draw(
      random,
      [
        [0.9, 0],
        [0.1, 1],
      ],
      true,
    ),
  ],
  triangle: (random: Random) => [
    draw(
      random,
      [
        [0.5, 0],
        [1, 1],
        [0, 1],
        [0.5, 0],
      ],
      true,
    ),
  ],
  box: (random: Random) => [
    draw(
      random,
      [
        [0, 0.1],
        [1, 0.1],
        [1, 0.9],
        [0, 0.9],
        [0, 0.1],
      ],
      true,
    ),
  ],
  grid: (random: Random) => [
    draw(
      random,
      [
        [0.33, 0],
        [0.33, 1],
      ],
      true,
    ),
    draw(
      random,
      [
        [0.66, 0],
        [0.66, 1],
      ],
      true,
    ),
    draw(
      random,
      [
        [0, 0.33],
        [1, 0.33],
      ],
      true,
    ),
    draw(
      random,
      [
        [0, 0.66],
        [1, 0.66],
      ],
      true,
    ),
  ],
  arrow: (random: Random) => [
    draw(
      random,
      [
        [0, 0.5],
        [1, 0.5],
      ],
      true,
    ),
    draw(
      random,
      [
        [0.65, 0.2],
        [1, 0.5],
        [0.65, 0.8],
      ],
      true,
    ),
  ],
  hook: (random: Random) => [
    draw(
      random,
      [
        [0, 0.55],
        [0.35, 1],
        [1, 0],
      ],
      true,
    ),
  ],
} as const satisfies Record<string, (random: Random) => Stroke[]>;

export type ShapeName = keyof typeof SHAPES;

export const SHAPE_NAMES = Object.keys(SHAPES) as ShapeName[];

export function isShapeName(name: string): name is ShapeName {
  return Object.hasOwn(SHAPES, name);
}

/** A shape whose unit is its larger side, its box's top left at 0, 0, as glyphs are. */
export function drawShape(random: Random, name: ShapeName): Stroke[] {
  const strokes = SHAPES[name](random);
  const { left, top, right, bottom } = boundsOf(strokes);
  const unit = Math.max(right - left, bottom - top);
  return mapStrokes(strokes, ({ x, y }) => ({ x: (x - left) / unit, y: (y - top) / unit }));
}
