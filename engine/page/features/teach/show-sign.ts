/** Puts a sign on some tiles of the canvas, in many sizes and slants, beside the digits that are there. */
import type { Sign } from '../../../learning/teach/sign.ts';
import type { Playground } from '../../../session/playground.ts';
import { poseImages } from './vary-drawing.ts';

const MOST_TILES = 8;

/** At most this share of the tiles changes, so that digits are left. */
const MOST_SHARE = 0.5;

export async function showSign({ simulation, editor }: Playground, { name, drawings }: Sign): Promise<void> {
  const { columns, rows } = simulation.layout;
  const tiles = signTiles(columns, rows);
  const images = poseImages(drawings, tiles.length);
  const label = simulation.model.specification.classes.findIndex((one) => one.name === name);
  const joined = new Uint8Array(images.length * images[0].length);
  images.forEach((image, index) => joined.set(image, index * image.length));
  await editor.setDigits(joined, label < 0 ? undefined : tiles.map(() => label), tiles);
}

/** The tiles for the sign: every second one around the middle of the canvas, in reading order. */
export function signTiles(columns: number, rows: number): number[] {
  const count = Math.max(1, Math.min(MOST_TILES, Math.floor(columns * rows * MOST_SHARE)));
  const middle = { x: (columns - 1) / 2, y: (rows - 1) / 2 };
  const distance = (tile: number): number =>
    Math.hypot((tile % columns) - middle.x, Math.floor(tile / columns) - middle.y);
  return Array.from({ length: columns * rows }, (_, tile) => tile)
    .filter((tile) => columns * rows < 3 || ((tile % columns) + Math.floor(tile / columns)) % 2 === 0)
    .sort((one, other) => distance(one) - distance(other) || one - other)
    .slice(0, count)
    .sort((one, other) => one - other);
}
