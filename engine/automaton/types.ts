/** The inputs and outputs of the automaton, in the terms of the page interface. */

/** The arrangement of the digits: `columns` × `rows` tiles with a pitch of `tile` cells. */
export interface CanvasLayout {
  readonly columns: number;
  readonly rows: number;
  /** The pitch of the tiles, in cells. */
  readonly tile: number;
}

/** A point of a stroke, in cells from the top left corner of the canvas; cell (0, 0) covers 0…1. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
  /** 0…1; 1 if the pointer does not report pressure. */
  readonly pressure?: number;
}

export interface BrushOptions {
  /** The radius of the brush in cells, at full pressure. */
  readonly radius: number;
  readonly erase?: boolean;
}

/** A rectangle of cells. */
export interface CellRectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How a step decides which cells fire: each cell for itself, or whole blocks of scattered slots together. */
export type FiringMode = 'cell' | 'block';

/** The statistics of one digit. A value is null if it depends on an unknown label, or on ink that is not there. */
export interface DigitStatistics {
  readonly column: number;
  readonly row: number;
  /** The index of the class that it was placed as, or null. */
  readonly label: number | null;
  /** The majority's class, or null while most of its cells are undecided. */
  readonly vote: number | null;
  /** The share of its ink cells that have the majority's label. */
  readonly agreement: number;
  /** The mean confidence of its ink cells: the highest logit minus the second highest, 0…1. */
  readonly confidence: number;
  /** The number of cells with more ink than the threshold. */
  readonly inkCells: number;
  /** The share of its ink cells that are undecided. */
  readonly undecided: number;
  /** The number of its cells with each class as their label. The other cells are undecided. */
  readonly votes: readonly number[];
}

/** Statistics of the whole canvas. Shares are in 0…1, and null if no label is known or nothing was measured. */
export interface Statistics {
  readonly step: number;
  readonly liveCells: number;
  readonly inkCells: number;
  readonly cellAccuracy: number | null;
  readonly agreement: number | null;
  readonly majorityAccuracy: number | null;
  readonly unanimousCorrect: number | null;
  readonly flicker: number | null;
  /** The share of the ink cells that are undecided. */
  readonly undecided: number | null;
  readonly digits: readonly DigitStatistics[];
}

/** The whole state, [y][x][channel], in the model's own channel order; zero where no cell has a slot. */
export interface StateRecord {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Float32Array;
}

/** One label per cell: the index of the class, −1 if there is no ink, −2 if the cell is undecided. */
export interface LabelRecord {
  readonly width: number;
  readonly height: number;
  readonly data: Int8Array;
}

/** A request that cannot be fulfilled. The message is one sentence for the user. */
export class SimulationError extends Error {
  override name = 'SimulationError';
}
