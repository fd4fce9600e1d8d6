/** What a batch looks like on the page: every cell in the colour of its label. */
import { encode } from 'fast-png';
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import type { Batch } from '../../engine/learning/rollout/batch.ts';
import { SIDE, sideOf } from '../../engine/learning/rollout/live-cells.ts';
import { labelsOf, NO_INK, UNDECIDED } from '../../engine/learning/rollout/tally.ts';

/** sRGB bytes. */
export type Color = readonly [number, number, number];

/** A picture of palette entries, one a cell, row by row. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly cells: Uint8Array;
}

const UNDECIDED_COLOR: Color = [0, 0, 0];
const PAPER: Color = [255, 255, 255];

/** The colours of a model's classes, then that of undecided ink, then the paper's. */
export function paletteOf({ classes }: ModelSpecification): Color[] {
  return [...classes.map(({ color }): Color => color), UNDECIDED_COLOR, PAPER];
}

/** Every digit of a batch in the state `rows` [rows, channels] as side · side entries of {@link paletteOf}. */
export function paintBatch(batch: Batch, rows: Float32Array, specification: ModelSpecification): Uint8Array[] {
  const { classes } = specification;
  const labels = labelsOf(batch, rows, specification);
  return batch.cells.map(({ live }, digit) => {
    const painting = new Uint8Array(batch.samples[digit].pixels.length).fill(classes.length + 1);
    live.forEach((cell, index) => {
      const row = batch.starts[digit] + index;
      if (labels[row] !== NO_INK) painting[cell] = labels[row] === UNDECIDED ? classes.length : labels[row];
    });
    return painting;
  });
}

/** Paintings side by side, `columns` in a row, each in the middle of a square as large as the largest, on `paper`. */
export function tilePaintings(paintings: readonly Uint8Array[], columns: number, paper: number): Sheet {
  const side = Math.max(SIDE, ...paintings.map(sideOf));
  const width = side * columns;
  const height = side * Math.ceil(paintings.length / columns);
  const cells = new Uint8Array(width * height).fill(paper);
  paintings.forEach((painting, index) => {
    const own = sideOf(painting);
    const margin = Math.floor((side - own) / 2);
    const left = side * (index % columns) + margin;
    const top = side * Math.floor(index / columns) + margin;
    for (let y = 0; y < own; y += 1) {
      cells.set(painting.subarray(y * own, (y + 1) * own), (top + y) * width + left);
    }
  });
  return { width, height, cells };
}

/** A sheet as a PNG file with a palette of at most 256 colours. */
export function encodePng({ width, height, cells }: Sheet, palette: readonly Color[]): Uint8Array {
  const colors = palette.map((color) => [...color]);
  return encode({ width, height, data: cells, channels: 1, palette: colors }, { zlib: { level: 6 } });
}
