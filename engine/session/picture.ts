/** The picture of the canvas: its size and resolution, and its appearance according to the settings. */
import type { Emitter } from '../core/events.ts';
import type { Camera, Extent } from '../view/camera.ts';
import { makePalette } from '../view/palettes.ts';
import type { CellPicture, Scene } from '../view/scene.ts';
import type { Editor } from './editor.ts';
import type { Figures } from './figures.ts';
import type { PlaygroundEvents } from './playground-events.ts';
import type { SecondModel } from './second-model.ts';
import type { Settings } from './settings.ts';

interface PictureParts {
  readonly scene: Scene;
  readonly camera: Camera;
  readonly settings: Settings;
  readonly models: Pick<SecondModel, 'first' | 'simulations'>;
  readonly editor: Editor;
  readonly figures: Figures;
  readonly events: Emitter<PlaygroundEvents>;
  /** Whether the context is usable. */
  readonly isLive: () => boolean;
  /** Called before the size of the picture changes. */
  readonly resizing: () => void;
}

export class Picture {
  /** Resolves when the first picture has been drawn. */
  readonly first: Promise<void>;
  readonly #parts: PictureParts;
  #firstDraw: (() => void) | null = null;
  #devicePixelRatio = 1;
  #resolution = 1;

  constructor(parts: PictureParts) {
    this.#parts = parts;
    this.first = new Promise((resolve) => {
      this.#firstDraw = resolve;
    });
  }

  /** Whether {@link draw} would draw anything. */
  get isStale(): boolean {
    const { scene, models, camera } = this.#parts;
    return scene.isStale(models.simulations, camera);
  }

  draw(): void {
    const { scene, models, camera } = this.#parts;
    scene.draw(models.simulations, camera);
    this.#firstDraw?.();
    this.#firstDraw = null;
  }

  /** The picture's pixels along a side, as a share of the screen's. */
  get resolution(): number {
    return this.#resolution;
  }

  set resolution(resolution: number) {
    if (resolution === this.#resolution) return;
    this.#resolution = resolution;
    this.#resizeScene();
    this.#parts.events.emit('resolution', resolution);
  }

  /** Sets the size of the canvas element in CSS pixels, and the number of device pixels per CSS pixel. */
  resize(stage: Extent, devicePixelRatio: number): void {
    const { camera, models } = this.#parts;
    this.#devicePixelRatio = devicePixelRatio;
    camera.resize(stage, models.first.canvas);
    this.#resizeScene();
  }

  /** Applies the colours, view and grid of the settings. */
  applySettings(): void {
    const { scene, models, settings } = this.#parts;
    const { values } = settings;
    scene.look = {
      palette: makePalette(values.palette, models.first.model.specification.classes, values.hueShift),
      view: values.view,
      channels: [values.channel, values.channelGreen, values.channelBlue],
      grid: values.grid,
    };
  }

  /** Reads the whole canvas in the colours of the present view, one pixel per cell. */
  async read(): Promise<CellPicture> {
    const { editor, figures, scene, models } = this.#parts;
    editor.changes.assertLive();
    await figures.bringVotes();
    return scene.readColors(models.first);
  }

  #resizeScene(): void {
    const { scene, camera, isLive, models, resizing } = this.#parts;
    resizing();
    const { width, height } = camera.whole;
    scene.resize(width, height, this.#devicePixelRatio * this.#resolution);
    // Resizing has cleared the canvas, and the next frame may have to wait for the GPU for seconds.
    if (this.#firstDraw === null && isLive() && !models.first.device.gl.isContextLost()) this.draw();
  }
}
