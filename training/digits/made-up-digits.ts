/** Made-up IDX files for tests. */
import { rasterizeStrokes } from '../../engine/common/handwriting/rasterize.ts';
import { Random } from '../../engine/common/random/random.ts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CELLS, SIDE } from '../../engine/learning/rollout/live-cells.ts';

function idxFile(magic: number, extents: number[], body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * extents.length + body.length);
  const view = new DataView(bytes.buffer);
  [magic, ...extents].forEach((word, index) => view.setUint32(4 * index, word));
  bytes.set(body, 4 + 4 * extents.length);
  return bytes;
}

/** An IDX file of images that each hold one stroke, upright for odd digits and level for even ones. */
export function imagesFile(count: number): Uint8Array {
  const body = new Uint8Array(count * CELLS);
  for (let digit = 0; digit < count; digit += 1) {
    const start = digit * CELLS + (9 + (digit % 7)) * SIDE + 9 + (digit % 5);
    for (let cell = 0; cell < 8; cell += 1) body[start + cell * (digit % 2 === 0 ? 1 : SIDE)] = 220;
  }
  return idxFile(0x0803, [count, SIDE, SIDE], body);
}

/** An IDX file of labels. */
export function labelsFile(labels: readonly number[]): Uint8Array {
  return idxFile(0x0801, [labels.length], Uint8Array.from(labels));
}

/** A folder with training files of `count` made-up digits, labelled 0 and 1 in turn. */
export function writeTrainingFiles(folder: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'train-images-idx3-ubyte'), imagesFile(count));
  const labels = Array.from({ length: count }, (_, digit) => digit % 2);
  writeFileSync(join(folder, 'train-labels-idx1-ubyte'), labelsFile(labels));
}

/** A set of made-up signs: how many classes, the side of an image, and how many images of each class. */
export interface SignSet {
  readonly classes: number;
  readonly side: number;
  readonly each: number;
}

/** A sign of straight lines that its class alone decides, a little different each time. */
function drawSign(label: number, side: number, random: Random): Uint8Array {
  const own = new Random(label + 1);
  const margin = 0.18 * side;
  const place = (): number => margin + own.unit() * (side - 2 * margin) + random.normal(0.02 * side);
  const corners = Array.from({ length: 5 }, () => ({ x: place(), y: place() }));
  const line = corners.slice(1).flatMap((to, index) => {
    const from = corners[index];
    return Array.from({ length: side }, (_, step) => ({
      x: from.x + ((to.x - from.x) * step) / side,
      y: from.y + ((to.y - from.y) * step) / side,
      pressure: 1,
    }));
  });
  return rasterizeStrokes([line], { width: side, height: side, radius: 0.05 * side });
}

/** A folder with training and test files of signs, sorted by class, and names for them in `classes.json`. */
export function writeSignFiles(folder: string, { classes, side, each }: SignSet): void {
  mkdirSync(folder, { recursive: true });
  const random = new Random(side);
  for (const part of ['train', 't10k']) {
    const labels = Array.from({ length: classes * each }, (_, index) => Math.floor(index / each));
    const body = Buffer.concat(labels.map((label) => drawSign(label, side, random)));
    writeFileSync(join(folder, `${part}-images-idx3-ubyte`), idxFile(0x0803, [labels.length, side, side], body));
    writeFileSync(join(folder, `${part}-labels-idx1-ubyte`), labelsFile(labels));
  }
  const names = Array.from({ length: classes }, (_, label) => `sign ${label}`);
  writeFileSync(join(folder, 'classes.json'), JSON.stringify({ classes: names }));
}
