/**
 * The picture: a pixi scene on the engine's own WebGL2 context. The world's
 * unit is the cell, so that whatever is added to it later stands where the
 * cells do. It is drawn only when something in it has changed.
 */
import 'pixi.js/unsafe-eval';
import 'pixi.js/mesh';
import { Container, WebGLRenderer } from 'pixi.js';
import type { Simulation } from '../automaton/simulation.ts';
import type { CanvasLayout, Statistics } from '../automaton/types.ts';
import type { Device } from '../gpu/device.ts';
import { readTarget } from '../gpu/readback.ts';
import type { Camera } from './camera.ts';
import { CanvasMesh } from './canvas-mesh.ts';
import { CellColors, type Look } from './cell-colors.ts';
import { leaveDefaults } from './gl-defaults.ts';

/** The colours of a canvas, a pixel a cell. */
export interface CellPicture {
  /** In cells. */
  readonly width: number;
  readonly height: number;
  /** Cells from one tile to the next. */
  readonly tile: number;
  /** Red, green, blue and 255 of each cell, rows from the top. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

export class Scene {
  /** All that stands on the canvas, in cells. */
  readonly world = new Container();
  readonly #renderer: WebGLRenderer;
  readonly #device: Device;
  readonly #stage = new Container();
  readonly #mesh: CanvasMesh;
  #colors: CellColors;
  #look: Look;
  /** Grows when the cells' colours, and when the picture of them, are out of date for a reason of the scene's own. */
  #colorVersion = 0;
  #version = 0;
  readonly #drawn = { simulation: -1, camera: -1, colors: -1, scene: -1 };

  private constructor(renderer: WebGLRenderer, device: Device, colors: CellColors, look: Look) {
    this.#renderer = renderer;
    this.#device = device;
    this.#colors = colors;
    this.#mesh = new CanvasMesh(renderer);
    this.world.addChild(this.#mesh.mesh);
    this.#stage.addChild(this.world);
    this.#look = look;
    this.look = look;
  }

  /**
   * A scene that draws into the device's canvas, whose context others use as well.
   * @throws DeviceError if a program does not compile on this GPU
   */
  static async create(canvas: HTMLCanvasElement, device: Device, look: Look): Promise<Scene> {
    const renderer = new WebGLRenderer();
    const [colors] = await Promise.all([
      CellColors.create(device),
      renderer.init({
        canvas,
        context: device.gl,
        width: canvas.width,
        height: canvas.height,
        antialias: false,
        skipExtensionImports: true,
      }),
    ]);
    return new Scene(renderer, device, colors, look);
  }

  /** Takes the size of the stage in CSS pixels and the device pixels that each of them has. */
  resize(width: number, height: number, devicePixelRatio: number): void {
    this.#renderer.resize(Math.max(1, width), Math.max(1, height), devicePixelRatio);
    this.#version += 1;
  }

  get look(): Look {
    return this.#look;
  }

  set look(look: Look) {
    this.#look = look;
    this.#colors.setPalette(look.palette);
    this.#mesh.gridColor = look.palette.grid;
    const [red, green, blue] = look.palette.surroundings;
    this.#renderer.background.color = { r: red, g: green, b: blue };
    this.#colorVersion += 1;
  }

  /** Takes the digits' majorities, for the view that compares cells with them. */
  setVotes(layout: CanvasLayout, { digits }: Statistics): void {
    this.#colors.setVotes(layout, digits);
    this.#colorVersion += 1;
  }

  /** Whether {@link draw} would draw. */
  isStale(simulation: Simulation, camera: Camera): boolean {
    const drawn = this.#drawn;
    return this.#isRecolored(simulation) || drawn.camera !== camera.version || drawn.scene !== this.#version;
  }

  /** Draws the picture if anything in it has changed since the last time. */
  draw(simulation: Simulation, camera: Camera): void {
    if (!this.isStale(simulation, camera)) return;
    const drawn = this.#drawn;
    if (this.#isRecolored(simulation)) {
      simulation.refreshLabels();
      this.#colors.draw(simulation, this.#look);
    }
    drawn.simulation = simulation.version;
    drawn.colors = this.#colorVersion;
    drawn.camera = camera.version;
    drawn.scene = this.#version;

    leaveDefaults(this.#device.gl);
    this.#renderer.resetState();
    this.world.position.set(camera.originX, camera.originY);
    this.world.scale.set(camera.pixelsPerCell);
    this.#mesh.update({
      colors: this.#colors.texture,
      cellsPerPixel: 1 / (camera.pixelsPerCell * this.#renderer.resolution),
      tile: simulation.layout.tile,
      grid: this.#look.grid,
    });
    this.#renderer.render(this.#stage);
    leaveDefaults(this.#device.gl);
  }

  /**
   * Makes everything again after a restored context; pixi has done so with what is its own.
   * @throws DeviceError if that fails
   */
  async restore(): Promise<void> {
    this.#colors = await CellColors.create(this.#device);
    this.look = this.#look;
    this.#version += 1;
  }

  /**
   * The colours of all cells as they are now, whatever part of them is on the screen. They arrive when the GPU has
   * copied them; the page goes on meanwhile.
   */
  async readColors(simulation: Simulation): Promise<CellPicture> {
    if (this.#isRecolored(simulation)) {
      simulation.refreshLabels();
      this.#colors.draw(simulation, this.#look);
    }
    const { target } = this.#colors;
    if (!target) throw new Error('No cells were coloured yet.');
    const { width, height } = target;
    const read = await readTarget(this.#device, target, 0, height, 'rgba8');
    const { tile } = simulation.layout;
    return { width, height, tile, pixels: new Uint8ClampedArray(read.buffer as ArrayBuffer) };
  }

  /** Frees all that the GPU holds for it; the context, which pixi was given, is lost with it. */
  dispose(): void {
    this.#colors.dispose();
    this.#mesh.dispose();
    this.#stage.destroy({ children: true });
    this.#renderer.destroy();
  }

  #isRecolored(simulation: Simulation): boolean {
    return this.#drawn.simulation !== simulation.version || this.#drawn.colors !== this.#colorVersion;
  }
}
