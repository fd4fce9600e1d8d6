/**
 * The picture: a pixi scene on the engine's own WebGL2 context. The world's
 * unit is the cell, so that whatever is added to it later stands where the
 * cells do. It is drawn only when something in it has changed.
 */
import 'pixi.js/unsafe-eval';
import 'pixi.js/mesh';
import { Container, WebGLRenderer } from 'pixi.js';
import type { Simulation } from '../automaton/simulation.ts';
import type { Statistics } from '../automaton/types.ts';
import type { Camera } from './camera.ts';
import { CanvasMesh, type Look } from './canvas-mesh.ts';

export class Scene {
  /** All that stands on the canvas, in cells. */
  readonly world = new Container();
  readonly #renderer: WebGLRenderer;
  readonly #gl: WebGL2RenderingContext;
  readonly #stage = new Container();
  readonly #canvas: CanvasMesh;
  #look: Look;
  #version = 0;
  readonly #drawnVersions = { simulation: -1, camera: -1, scene: -1 };

  private constructor(renderer: WebGLRenderer, gl: WebGL2RenderingContext, look: Look) {
    this.#renderer = renderer;
    this.#gl = gl;
    this.#look = look;
    this.#canvas = new CanvasMesh(renderer);
    this.look = look;
    this.world.addChild(this.#canvas.mesh);
    this.#stage.addChild(this.world);
  }

  /** A scene that draws into the canvas of `gl`, which others use as well. */
  static async create(canvas: HTMLCanvasElement, gl: WebGL2RenderingContext, look: Look): Promise<Scene> {
    const renderer = new WebGLRenderer();
    await renderer.init({
      canvas,
      context: gl,
      width: canvas.width,
      height: canvas.height,
      antialias: false,
      skipExtensionImports: true,
    });
    return new Scene(renderer, gl, look);
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
    this.#canvas.setPalette(look.palette);
    const [red, green, blue] = look.palette.surroundings;
    this.#renderer.background.color = { r: red, g: green, b: blue };
    this.#version += 1;
  }

  /** Takes the digits' majorities, for the view that compares cells with them. */
  setVotes(columns: number, rows: number, { digits }: Statistics): void {
    this.#canvas.setVotes(columns, rows, digits);
    this.#version += 1;
  }

  /** Whether {@link draw} would draw. */
  isStale(simulation: Simulation, camera: Camera): boolean {
    const drawn = this.#drawnVersions;
    return drawn.simulation !== simulation.version || drawn.camera !== camera.version || drawn.scene !== this.#version;
  }

  /** Draws the picture if anything in it has changed since the last time. */
  draw(simulation: Simulation, camera: Camera): void {
    if (!this.isStale(simulation, camera)) return;
    simulation.refreshLabels();
    this.#drawnVersions.simulation = simulation.version;
    this.#drawnVersions.camera = camera.version;
    this.#drawnVersions.scene = this.#version;
    this.#leaveDefaults();
    this.#renderer.resetState();
    this.world.position.set(camera.originX, camera.originY);
    this.world.scale.set(camera.pixelsPerCell);
    this.#canvas.update(simulation, this.#look, 1 / (camera.pixelsPerCell * this.#renderer.resolution));
    this.#renderer.render(this.#stage);
    this.#leaveDefaults();
  }

  /** Has the next call of {@link draw} draw. */
  invalidate(): void {
    this.#version += 1;
  }

  /** After a restored context: pixi has made its own objects again, the rest follows at the next draw. */
  restore(): void {
    this.#canvas.forget();
    this.#version += 1;
  }

  /** The GL state that neither pixi's reset nor the engine's passes expect to be otherwise. */
  #leaveDefaults(): void {
    const gl = this.#gl;
    gl.bindVertexArray(null);
    gl.useProgram(null);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.disable(gl.BLEND);
    gl.disable(gl.SCISSOR_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.CULL_FACE);
    gl.colorMask(true, true, true, true);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, null);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  }
}
