/** Small made-up IDX files for tests. */
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
