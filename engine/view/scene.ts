/**
 * The picture: a pixi scene on the engine's own WebGL2 context. The unit of the world is the cell, so that anything
 * added to it is positioned in cells. The scene is drawn only when something in it has changed.
 */
import 'pixi.js/unsafe-eval';
import 'pixi.js/mesh';
import { Container, WebGLRenderer } from 'pixi.js';
import type { Simulation } from '../automaton/simulation.ts';
import type { CanvasLayout, CellRectangle, Statistics } from '../automaton/types.ts';
import { createAll } from '../gpu/create-all.ts';
import type { Device } from '../gpu/device.ts';
import { readTarget } from '../gpu/readback.ts';
import type { Camera } from './camera.ts';
import { CanvasMesh, type CellView, meshPrograms } from './canvas-mesh.ts';
import { CellColors, type Look } from './cell-colors.ts';
import { endLostTrials, leaveDefaults } from './gl-defaults.ts';

/** The colours of a canvas, one pixel per cell. */
export interface CellPicture {
  /** In cells. */
  readonly width: number;
  readonly height: number;
  /** The distance between two tiles, in cells. */
  readonly tile: number;
  /** The red, green, blue and 255 of each cell, row by row from the top. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** The picture of one simulation. */
interface Layer {
  readonly mesh: CanvasMesh;
  colors: CellColors;
  /** The versions at the time of the last drawing. */
  drawnSimulation: number;
  drawnColors: number;
  /** The cells whose colours are from that time. The others were not on the screen. */
  readonly colored: { x: number; y: number; width: number; height: number };
}

export class Scene {
  /** Everything on the canvas, in cells. */
  readonly world = new Container();
  readonly #renderer: WebGLRenderer;
  readonly #device: Device;
  /** Whether the page behind the canvas shows through where there is no ink, as determined by the context. */
  readonly #isTransparent: boolean;
  readonly #stage = new Container();
  /** One layer for each pane of the camera. */
  readonly #layers: Layer[] = [];
  #look: Look;
  /**
   * These increase when the cells' colours, or the picture of them, become out of date for a reason within the scene.
   */
  #colorVersion = 0;
  #version = 0;
  readonly #visible = { x: 0, y: 0, width: 0, height: 0 };
  readonly #drawn = { camera: -1, scene: -1 };

  private constructor(renderer: WebGLRenderer, device: Device, colors: CellColors, look: Look) {
    this.#renderer = renderer;
    this.#device = device;
    this.#isTransparent = device.gl.getContextAttributes()?.alpha === true;
    this.#stage.addChild(this.world);
    this.#look = look;
    this.#addLayer(colors);
    this.look = look;
  }

  /**
   * Creates a scene that draws into the device's canvas, whose context other code uses as well.
   *
   * @param colors belongs to the scene from now on
   */
  static async create(canvas: HTMLCanvasElement, device: Device, colors: CellColors, look: Look): Promise<Scene> {
    const renderer = new WebGLRenderer();
    endLostTrials(device.gl);
    await renderer.init({
      canvas,
      context: device.gl,
      width: canvas.width,
      height: canvas.height,
      antialias: false,
      skipExtensionImports: true,
    });
    // Its tasks look for unused objects, of which there are none, and ask the browser for sixty frames a second.
    renderer.scheduler.destroy();
    return new Scene(renderer, device, colors, look);
  }

  /** Sets the size of the stage in CSS pixels, and the number of device pixels per CSS pixel. */
  resize(width: number, height: number, devicePixelRatio: number): void {
    this.#renderer.resize(Math.max(1, width), Math.max(1, height), devicePixelRatio);
    this.#version += 1;
  }

  get look(): Look {
    return this.#look;
  }

  set look(look: Look) {
    this.#look = look;
    for (const layer of this.#layers) this.#applyLook(layer);
    const [red, green, blue] = look.palette.surroundings;
    // Colours on a transparent canvas have premultiplied alpha, so transparent is black.
    this.#renderer.background.color = this.#isTransparent ? 0 : { r: red, g: green, b: blue };
    this.#renderer.background.alpha = this.#isTransparent ? 0 : 1;
    this.#colorVersion += 1;
  }

  /**
   * Sets the digits' majorities, for the view that compares cells with them. `index` is the index of the simulation.
   */
  setVotes(layout: CanvasLayout, { digits }: Statistics, index = 0): void {
    this.#layers[index]?.colors.setVotes(layout, digits);
    this.#colorVersion += 1;
  }

  /**
   * Compiles what the picture of a second simulation needs. Call one of the returned functions to show it or to give it
   * up.
   *
   * @throws DeviceError if a program does not compile on this GPU
   */
  async prepareSecond(): Promise<{ add: () => void; cancel: () => void }> {
    const colors = await CellColors.create(this.#device);
    return { add: () => this.#applyLook(this.#addLayer(colors)), cancel: () => colors.dispose() };
  }

  /** Frees the objects of the second picture. */
  removeSecond(): void {
    const layer = this.#layers[1];
    if (!layer) return;
    this.#layers.length = 1;
    this.world.removeChild(layer.mesh.mesh);
    layer.mesh.dispose();
    layer.colors.dispose();
    this.#version += 1;
  }

  /**
   * Gives the GPU the work that it has to do before a first picture, so that it is busy while the canvas is being
   * filled.
   */
  wakeUp(simulation: Simulation): void {
    const [layer] = this.#layers;
    this.#recolor(layer, simulation, { x: 0, y: 0, width: 1, height: 1 });
    this.#device.gl.flush();
  }

  /** Whether {@link draw} would draw anything. */
  isStale(simulations: readonly Simulation[], camera: Camera): boolean {
    const drawn = this.#drawn;
    if (drawn.camera !== camera.version || drawn.scene !== this.#version) return true;
    for (let index = 0; index < this.#layers.length; index += 1) {
      if (this.#isRecolored(this.#layers[index], simulations[index])) return true;
    }
    return false;
  }

  /** Draws the picture if anything in it has changed since the last time, each simulation in its pane. */
  draw(simulations: readonly Simulation[], camera: Camera): void {
    if (!this.isStale(simulations, camera)) return;
    camera.visibleCells(this.#visible);
    for (let index = 0; index < this.#layers.length; index += 1) {
      this.#recolor(this.#layers[index], simulations[index], this.#visible);
    }
    this.#drawn.camera = camera.version;
    this.#drawn.scene = this.#version;

    leaveDefaults(this.#device.gl);
    this.#renderer.resetState();
    this.world.position.set(camera.originX, camera.originY);
    this.world.scale.set(camera.pixelsPerCell);
    for (let index = 0; index < this.#layers.length; index += 1) {
      this.#placeLayer(this.#layers[index], simulations[index], camera, index);
    }
    this.#renderer.render(this.#stage);
    leaveDefaults(this.#device.gl);
  }

  /**
   * Re-creates everything after the context was restored. pixi has already done so with its own objects.
   *
   * @throws DeviceError if that fails
   */
  async restore(): Promise<void> {
    const [first] = this.#layers;
    first.colors = await CellColors.create(this.#device);
    this.look = this.#look;
    this.#version += 1;
  }

  /**
   * Recompiles everything from the current shaders.
   *
   * @throws DeviceError if a shader does not compile; the old programs stay in use
   */
  async recompile(): Promise<void> {
    // pixi compiles the mesh's programs when it draws, and only logs their errors.
    for (const { vertex, fragment } of meshPrograms()) {
      this.#device.freeProgram(await this.#device.createProgram(vertex, fragment));
    }
    const fresh = await createAll(this.#layers.map(() => CellColors.create(this.#device)));
    this.#layers.forEach((layer, index) => {
      layer.colors.dispose();
      layer.colors = fresh[index];
      layer.mesh.recompile();
    });
    this.look = this.#look;
    this.#version += 1;
  }

  /**
   * Returns the present colours of all cells, whichever of them are on the screen, as soon as the GPU has copied them.
   * The page keeps running in the meantime.
   */
  async readColors(simulation: Simulation): Promise<CellPicture> {
    const [layer] = this.#layers;
    // The picture on the screen must be updated as well.
    if (this.#isRecolored(layer, simulation)) this.#version += 1;
    this.#recolor(layer, simulation, { x: 0, y: 0, width: simulation.canvas.width, height: simulation.canvas.height });
    const { target } = layer.colors;
    if (!target) throw new Error('No cells have been coloured yet.');
    const { width, height } = target;
    const read = await readTarget(this.#device, target, 0, height, 'rgba8');
    const { tile } = simulation.layout;
    return { width, height, tile, pixels: new Uint8ClampedArray(read.buffer as ArrayBuffer) };
  }

  /** Frees all GPU memory. The context, which pixi was given, is lost as well. */
  dispose(): void {
    for (const { colors, mesh } of this.#layers) {
      colors.dispose();
      mesh.dispose();
    }
    this.#stage.destroy({ children: true });
    this.#renderer.destroy();
  }

  #addLayer(colors: CellColors): Layer {
    const layer: Layer = {
      mesh: new CanvasMesh(this.#renderer),
      colors,
      drawnSimulation: -1,
      drawnColors: -1,
      colored: { x: 0, y: 0, width: 0, height: 0 },
    };
    this.world.addChildAt(layer.mesh.mesh, this.#layers.length);
    this.#layers.push(layer);
    this.#version += 1;
    return layer;
  }

  #applyLook({ colors, mesh }: Layer): void {
    colors.setPalette(this.#look.palette, this.#isTransparent);
    mesh.gridColor = this.#look.palette.grid;
  }

  #placeLayer({ mesh, colors }: Layer, simulation: Simulation, camera: Camera, pane: number): void {
    const { pixelsPerCell } = camera;
    mesh.mesh.position.set(camera.paneX(pane) / pixelsPerCell, camera.paneY(pane) / pixelsPerCell);
    mesh.update({
      colors: colors.texture,
      bounds: simulation.textures.tileBounds(),
      background: colors.background,
      cellsPerPixel: 1 / (pixelsPerCell * this.#renderer.resolution),
      tile: simulation.layout.tile,
      grid: this.#look.grid,
      view: camera.panes === 1 ? undefined : paneView(camera),
    });
  }

  /** Updates the colours of some cells and of no others, so that cells outside the screen cost nothing. */
  #recolor(layer: Layer, simulation: Simulation, cells: CellRectangle): void {
    if (!this.#isRecolored(layer, simulation) && holds(layer.colored, cells)) return;
    simulation.textures.refreshLabels();
    layer.colors.draw(simulation, this.#look, cells);
    Object.assign(layer.colored, cells);
    layer.drawnSimulation = simulation.version;
    layer.drawnColors = this.#colorVersion;
  }

  #isRecolored(layer: Layer, simulation: Simulation): boolean {
    return layer.drawnSimulation !== simulation.version || layer.drawnColors !== this.#colorVersion;
  }
}

/** The cells that a pane shows. */
function paneView({ pixelsPerCell, centre, stage }: Camera): CellView {
  const halfWidth = stage.width / 2 / pixelsPerCell;
  const halfHeight = stage.height / 2 / pixelsPerCell;
  return {
    left: centre.x - halfWidth,
    top: centre.y - halfHeight,
    right: centre.x + halfWidth,
    bottom: centre.y + halfHeight,
  };
}

function holds(outer: CellRectangle, inner: CellRectangle): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
