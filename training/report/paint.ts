/** What a batch looks like on the page: every cell in the colour of its label. */
import { encode } from 'fast-png';
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import type { Batch } from '../../engine/learning/rollout/batch.ts';
import { CELLS, SIDE } from '../../engine/learning/rollout/live-cells.ts';
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

/** Every digit of a batch in the state `rows` [rows, channels] as 28 · 28 entries of {@link paletteOf}. */
export function paintBatch(batch: Batch, rows: Float32Array, specification: ModelSpecification): Uint8Array[] {
  const { classes } = specification;
  const labels = labelsOf(batch, rows, specification);
  return batch.cells.map(({ live }, digit) => {
    const painting = new Uint8Array(CELLS).fill(classes.length + 1);
    live.forEach((cell, index) => {
      const row = batch.starts[digit] + index;
      if (labels[row] !== NO_INK) painting[cell] = labels[row] === UNDECIDED ? classes.length : labels[row];
    });
    return painting;
  });
}

/** Paintings side by side, `columns` in a row, on `paper`. */
export function tilePaintings(paintings: readonly Uint8Array[], columns: number, paper: number): Sheet {
  const width = SIDE * columns;
  const height = SIDE * Math.ceil(paintings.length / columns);
  const cells = new Uint8Array(width * height).fill(paper);
  paintings.forEach((painting, index) => {
    const left = SIDE * (index % columns);
    const top = SIDE * Math.floor(index / columns);
    for (let y = 0; y < SIDE; y += 1) {
      cells.set(painting.subarray(y * SIDE, (y + 1) * SIDE), (top + y) * width + left);
    }
  });
  return { width, height, cells };
}

/** A sheet as a PNG file with a palette of at most 256 colours. */
export function encodePng({ width, height, cells }: Sheet, palette: readonly Color[]): Uint8Array {
  const colors = palette.map((color) => [...color]);
  return encode({ width, height, data: cells, channels: 1, palette: colors }, { zlib: { level: 6 } });
}
