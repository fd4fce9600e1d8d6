/** What the automaton takes and gives, in the words of the page interface. */

/** Where the digits lie: `columns` × `rows` tiles with a pitch of `tile` cells. */
export interface CanvasLayout {
  readonly columns: number;
  readonly rows: number;
  /** Pitch of the tiles, in cells. */
  readonly tile: number;
}

/** A point of a stroke, in cells from the top left corner of the canvas; cell (0, 0) covers 0…1. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
  /** 0…1; 1 where the pointer has no pressure. */
  readonly pressure?: number;
}

export interface BrushOptions {
  /** Radius of the brush in cells, at full pressure. */
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

/** How a step decides which cells fire: each for itself, or whole blocks of scattered slots at once. */
export type FiringMode = 'cell' | 'block';

/** One digit's figures; null where its label is not known, or where it has no ink. */
export interface DigitStatistics {
  readonly column: number;
  readonly row: number;
  /** Index of the class it was put there as, or null. */
  readonly label: number | null;
  /** The majority's class, or null while most of its cells are undecided. */
  readonly vote: number | null;
  /** Share of its ink cells that hold the majority's label. */
  readonly agreement: number;
  /** Mean confidence of its ink cells: highest logit minus the second, 0…1. */
  readonly confidence: number;
  /** Cells with more ink than the threshold. */
  readonly inkCells: number;
  /** Share of them that say nothing. */
  readonly undecided: number;
  /** How many of them say each class; the others have not decided. */
  readonly votes: readonly number[];
}

/** Figures of the whole canvas, shares in 0…1; null where no label is known or nothing was measured. */
export interface Statistics {
  readonly step: number;
  readonly liveCells: number;
  readonly inkCells: number;
  readonly cellAccuracy: number | null;
  readonly agreement: number | null;
  readonly majorityAccuracy: number | null;
  readonly unanimousCorrect: number | null;
  readonly flicker: number | null;
  /** Share of the ink cells that say nothing. */
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

/** A label a cell: the class's index, −1 where there is no ink, −2 where the cell has not decided. */
export interface LabelRecord {
  readonly width: number;
  readonly height: number;
  readonly data: Int8Array;
}

/** A request that cannot be met; the message is one sentence for the user. */
export class SimulationError extends Error {
  override name = 'SimulationError';
}
