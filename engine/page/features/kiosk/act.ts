/** What every act of the show has, and the places on the stage where acts play. */
import type { Random } from '../../../common/random/random.ts';
import type { Aim, ShowStage, Tile } from './show-stage.ts';

/** A scene that is being played. */
export interface Act {
  /** Where the camera looks. */
  readonly aim: Aim;
  /** Brings the stage to this moment. `seconds` counts from the start of the scene and never decreases. */
  update(seconds: number): void;
}

/** Shows all tiles. */
export function wholeCanvas({ layout }: ShowStage): Aim {
  return { x: (layout.columns * layout.tile) / 2, y: (layout.rows * layout.tile) / 2, tiles: layout.rows };
}

/** The middle of a tile, in cells. */
export function centreOf({ column, row }: Tile, { layout }: ShowStage): { x: number; y: number } {
  return { x: (column + 0.5) * layout.tile, y: (row + 0.5) * layout.tile };
}

/** A random tile of the canvas. */
export function anyTile({ layout }: ShowStage, random: Random): Tile {
  return { column: random.below(layout.columns), row: random.below(layout.rows) };
}

/** A random one of the digits that the stage has. */
export function anyDigit({ digits }: ShowStage, random: Random): number {
  return digits[random.below(digits.length)] ?? 0;
}

/** Up to eight tiles side by side, like a line of text. */
export function lineOfTiles(stage: ShowStage, random: Random): Tile[] {
  const { columns } = stage.layout;
  const length = Math.min(columns, 8);
  const { row } = anyTile(stage, random);
  const first = random.below(columns - length + 1);
  return Array.from({ length }, (_, index) => ({ column: first + index, row }));
}
