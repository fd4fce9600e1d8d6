/**
 * Eight signs as people might draw them, for tests and measurements. The hand is its own: nothing here is shared with
 * what makes variations for learning.
 */
import type { Random } from '../../common/random/random.ts';
import type { Drawing } from './sign.ts';

type Point = readonly [x: number, y: number];
type Path = readonly Point[];

/** Points of an ellipse's arc; angles in turns, clockwise from the right. */
function arc(x: number, y: number, width: number, height: number, from: number, to: number): Path {
  return Array.from({ length: 25 }, (_, index): Point => {
    const angle = 2 * Math.PI * (from + ((to - from) * index) / 24);
    return [x + width * Math.cos(angle), y + height * Math.sin(angle)];
  });
}

/** In the unit square, y down. Some have forms that differ in the order, the number or the course of the strokes. */
const FORMS: Readonly<Record<string, readonly (readonly Path[])[]>> = {
  heart: [
    [
      [
        ...([
          [0.5, 0.25],
          [0.42, 0.1],
          [0.27, 0.03],
          [0.1, 0.1],
          [0.02, 0.28],
          [0.1, 0.5],
          [0.3, 0.75],
        ] as Point[]),
        ...([
          [0.5, 1],
          [0.7, 0.75],
          [0.9, 0.5],
          [0.98, 0.28],
          [0.9, 0.1],
          [0.73, 0.03],
          [0.58, 0.1],
          [0.5, 0.25],
        ] as Point[]),
      ],
    ],
    [
      [
        [0.5, 0.28],
        [0.35, 0.04],
        [0.12, 0.06],
        [0, 0.3],
        [0.15, 0.6],
        [0.5, 1],
      ],
      [
        [0.5, 0.28],
        [0.65, 0.04],
        [0.88, 0.06],
        [1, 0.3],
        [0.85, 0.6],
        [0.5, 1],
      ],
    ],
  ],
  star: [
    [
      [
        [0.2, 1],
        [0.5, 0],
        [0.8, 1],
        [0, 0.38],
        [1, 0.38],
        [0.2, 1],
      ],
    ],
  ],
  arrow: [
    [
      [
        [0, 0.5],
        [1, 0.5],
      ],
      [
        [0.62, 0.18],
        [1, 0.5],
        [0.62, 0.82],
      ],
    ],
    [
      [
        [0, 0.5],
        [1, 0.5],
        [0.65, 0.2],
        [1, 0.5],
        [0.65, 0.8],
      ],
    ],
  ],
  spiral: [
    [
      Array.from({ length: 60 }, (_, index): Point => {
        const angle = (2 * Math.PI * 2.6 * index) / 59;
        const radius = 0.04 + (0.46 * index) / 59;
        return [0.5 + radius * Math.cos(angle), 0.5 + radius * Math.sin(angle)];
      }),
    ],
  ],
  A: [
    [
      [
        [0.05, 1],
        [0.5, 0],
        [0.95, 1],
      ],
      [
        [0.22, 0.62],
        [0.78, 0.62],
      ],
    ],
    [
      [
        [0.5, 0],
        [0.08, 1],
      ],
      [
        [0.5, 0],
        [0.92, 1],
      ],
      [
        [0.25, 0.6],
        [0.75, 0.6],
      ],
    ],
  ],
  K: [
    [
      [
        [0.15, 0],
        [0.15, 1],
      ],
      [
        [0.85, 0],
        [0.17, 0.52],
      ],
      [
        [0.3, 0.45],
        [0.9, 1],
      ],
    ],
    [
      [
        [0.15, 0],
        [0.15, 1],
      ],
      [
        [0.85, 0],
        [0.18, 0.5],
        [0.9, 1],
      ],
    ],
  ],
  π: [
    [
      [
        [0, 0.18],
        [0.15, 0.06],
        [0.5, 0.08],
        [1, 0.05],
      ],
      [
        [0.32, 0.08],
        [0.3, 0.5],
        [0.18, 1],
      ],
      [
        [0.68, 0.08],
        [0.66, 0.7],
        [0.72, 0.95],
        [0.9, 0.92],
      ],
    ],
  ],
  smiley: [
    [
      arc(0.5, 0.5, 0.5, 0.5, -0.25, 0.76),
      [
        [0.35, 0.32],
        [0.35, 0.4],
      ],
      [
        [0.65, 0.32],
        [0.65, 0.4],
      ],
      arc(0.5, 0.52, 0.27, 0.25, 0.45, 0.05),
    ],
  ],
};

export const MADE_UP_SIGNS = Object.keys(FORMS);

/** Slow waves along the pen's way, which no hand can keep from making. */
function drift(random: Random, size: number): (at: number) => number {
  const waves = Array.from({ length: 3 }, (_, index) => ({
    height: random.normal(size / (index + 1)),
    pace: random.range(0.4, 1.2) * (index + 1),
    phase: random.range(0, 2 * Math.PI),
  }));
  return (at) => waves.reduce((total, { height, pace, phase }) => total + height * Math.sin(pace * at + phase), 0);
}

/** One drawing of a sign, in cells, about 20 of them high; somebody draws it larger, smaller or askew. */
export function drawMadeUpSign(name: string, random: Random, height = random.range(15, 23)): Drawing {
  const forms = FORMS[name];
  const form = forms[random.below(forms.length)];
  const turn = random.normal(0.08);
  const lean = random.normal(0.1);
  const breadth = random.range(0.8, 1.15);
  const squeeze = random.normal(0.06);
  const step = random.range(0.02, 0.06);
  return form.map((path) => {
    const driftX = drift(random, 0.018);
    const driftY = drift(random, 0.018);
    const [shiftX, shiftY] = [random.normal(0.015), random.normal(0.015)];
    const points: { x: number; y: number }[] = [];
    let way = 0;
    const put = (x: number, y: number): void => {
      const u = (x + shiftX + driftX(6 * way) - 0.5) * breadth * (1 + squeeze * (y - 0.5) * 2);
      const v = y + shiftY + driftY(6 * way) - 0.5;
      const w = u - lean * v;
      points.push({
        x: 14 + height * (w * Math.cos(turn) - v * Math.sin(turn)),
        y: 14 + height * (w * Math.sin(turn) + v * Math.cos(turn)),
      });
    };
    path.forEach(([x, y], index) => {
      if (index === 0) {
        put(x, y);
        return;
      }
      const [fromX, fromY] = path[index - 1];
      const length = Math.hypot(x - fromX, y - fromY);
      const count = Math.max(1, Math.round(length / step));
      for (let part = 1; part <= count; part += 1) {
        way += length / count;
        put(fromX + ((x - fromX) * part) / count, fromY + ((y - fromY) * part) / count);
      }
    });
    return points;
  });
}
