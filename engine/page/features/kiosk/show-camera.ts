/** Moves the camera through the show: gently from aim to aim, and never quite still. */
import type { Camera } from '../../../view/camera.ts';
import type { Aim } from './show-stage.ts';

/** The time in which the camera covers two thirds of the way to a new aim. */
const EASE_SECONDS = 1.3;

/**
 * How far it sways around its aim, as a share of the view. The two periods do not coincide for a quarter of an hour.
 */
const SWAY = 0.025;
const SWAY_SECONDS = [61, 47] as const;

/** The canvas is always a little larger than the screen, so that the camera can sway. */
const LEAST_ZOOM = 1.06;

/** Calmer motion, for people who prefer reduced motion. */
export interface ShowCameraOptions {
  readonly sways: boolean;
}

export class ShowCamera {
  readonly #camera: Camera;
  readonly #sways: boolean;
  #seconds = 0;
  #x = 0;
  #y = 0;
  #logScale = 0;

  constructor(camera: Camera, { sways }: ShowCameraOptions) {
    this.#camera = camera;
    this.#sways = sways;
    this.takeOver();
  }

  /** Continues from where the camera is now, for example after a guest has moved it. */
  takeOver(): void {
    const { centre, pixelsPerCell } = this.#camera;
    this.#x = centre.x;
    this.#y = centre.y;
    this.#logScale = Math.log(pixelsPerCell);
  }

  /**
   * Moves on towards an aim.
   * @param tileCells pitch of the tiles
   */
  follow(aim: Aim, elapsedSeconds: number, tileCells: number): void {
    const { stage, canvas } = this.#camera;
    if (stage.width === 0 || stage.height === 0) return;
    this.#seconds += elapsedSeconds;
    const share = 1 - Math.exp(-elapsedSeconds / EASE_SECONDS);
    const fitting = Math.min(stage.width / canvas.width, stage.height / canvas.height);
    const scale = Math.max(fitting * LEAST_ZOOM, stage.height / (aim.tiles * tileCells));
    this.#x += share * (aim.x - this.#x);
    this.#y += share * (aim.y - this.#y);
    this.#logScale += share * (Math.log(scale) - this.#logScale);
    const pixels = Math.exp(this.#logScale);
    const sway = this.#sways ? SWAY : 0;
    this.#camera.lookAt(
      this.#x + (sway * stage.width * wave(this.#seconds, SWAY_SECONDS[0])) / pixels,
      this.#y + (sway * stage.height * wave(this.#seconds, SWAY_SECONDS[1])) / pixels,
      pixels,
    );
  }
}

function wave(seconds: number, period: number): number {
  return Math.sin((2 * Math.PI * seconds) / period);
}
