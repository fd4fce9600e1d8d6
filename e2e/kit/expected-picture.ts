/** The picture that a page has to show, computed from what it was given; no renderer has a part in it. */
import { makePalette, type PaletteName } from '../../engine/view/palettes.ts';
import type { View } from '../../engine/view/views.ts';
import { cellChoices } from './plain-cells.ts';
import { type ExpectedPicture, fittedCamera, type PlainCamera } from './plain-display.ts';
import type { PlainRun } from './plain-run.ts';

export interface ExpectedPictureOptions {
  readonly view: View;
  /** Of the canvas element, in CSS pixels. */
  readonly size: { readonly width: number; readonly height: number };
  /** 1 by default. */
  readonly devicePixelRatio?: number;
  /** Shows the whole canvas by default. */
  readonly camera?: PlainCamera;
  /** `seed` by default. */
  readonly palette?: PaletteName;
  /** Degrees; 0 by default. */
  readonly hueShift?: number;
  /** The channels for red, green and blue; a view of one channel shows the first. */
  readonly channels?: readonly [number, number, number];
  /** Whether lines are drawn between tiles. */
  readonly grid?: boolean;
  /** What messages call it; by default what is computed, in which view, after how many steps. */
  readonly name?: string;
}

/** What a run looks like on the screen. */
export function expectedPicture(run: PlainRun, options: ExpectedPictureOptions): ExpectedPicture {
  const { view, size, devicePixelRatio = 1, channels = [0, 0, 0], hueShift = 0, grid = false } = options;
  const { specification } = run.model;
  const palette = makePalette(options.palette ?? 'seed', specification.classes, hueShift);
  const camera = options.camera ?? fittedCamera(size, run);
  const scale = camera.pixelsPerCell * devicePixelRatio;
  const [width, height] = [size.width, size.height].map((extent) => Math.round(extent * devicePixelRatio));
  return {
    name: options.name ?? `"${specification.name}", view ${view}, step ${run.steps}`,
    width,
    height,
    columns: run.width,
    rows: run.height,
    choices: cellChoices(run, { view, palette, channels }),
    scale,
    left: (size.width * devicePixelRatio) / 2 - camera.x * scale,
    top: (size.height * devicePixelRatio) / 2 - camera.y * scale,
    surroundings: palette.surroundings,
    lines: grid ? { color: palette.grid, tile: run.layout.tile } : null,
  };
}

/** The same run a step earlier: what a picture that was not drawn anew would show. Its views know of no step before that. */
export function stepEarlier(run: PlainRun): PlainRun {
  return { ...run, now: run.before, steps: Math.max(0, run.steps - 1) };
}
