/** Where the screens of a wall are at present: as in the settings, until the operator moves them. */
import { type Region, regionsOf, type WallScreen } from '../../../together/geometry.ts';
import type { WallSetup } from './setup.ts';

export class ScreenLayout {
  readonly #canvas: { readonly width: number; readonly height: number };
  #screens: readonly WallScreen[];
  #regions: readonly Region[];

  constructor({ canvas, screens }: WallSetup) {
    this.#canvas = { width: canvas.columns * canvas.tile, height: canvas.rows * canvas.tile };
    this.#screens = screens;
    this.#regions = regionsOf(screens, this.#canvas);
  }

  get screens(): readonly WallScreen[] {
    return this.#screens;
  }

  set screens(screens: readonly WallScreen[]) {
    this.#screens = screens;
    this.#regions = regionsOf(screens, this.#canvas);
  }

  /** The part of the canvas of a screen, by its number from 1; null if there is no such screen. */
  regionOf(screen: number | undefined): Region | null {
    return (screen === undefined ? undefined : this.#regions[screen - 1]) ?? null;
  }
}
