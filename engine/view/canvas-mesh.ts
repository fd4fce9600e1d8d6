/** The coloured cells as a pixi mesh, a rectangle as large as the canvas, in cells; see `display.frag`. */
import {
  ExternalSource,
  Geometry,
  GlProgram,
  Mesh,
  Shader,
  Texture as PixiTexture,
  UniformGroup,
  type WebGLRenderer,
} from 'pixi.js';
import type { Texture } from '../gpu/gl-objects.ts';
import { shaderSource } from '../gpu/shader-source.ts';
import type { Color } from './color.ts';

/** Lines between tiles are omitted if a tile is only a few pixels wide. */
const GRID_LEAST_TILE_PIXELS = 12;

/** A rectangle of the canvas, in cells. */
export interface CellView {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const EVERYTHING: CellView = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };

export interface MeshFrame {
  readonly colors: Texture;
  /** Where the tiles are not blank, as in `SimulationTextures.tileBounds`. */
  readonly bounds: Texture;
  /** The colour of all cells of the other tiles, as in `CellColors.background`. */
  readonly background: readonly number[];
  /** The number of cells that a device pixel spans. */
  readonly cellsPerPixel: number;
  /** The distance between two tiles, in cells. */
  readonly tile: number;
  readonly grid: boolean;
  /** The visible part of the canvas, by default all of it. Nothing is drawn outside it. */
  readonly view?: CellView;
}

/** A texture of the engine as the mesh's shaders see it. */
interface BoundTexture {
  /** The sampler's name in the shaders. */
  readonly name: string;
  handle: WebGLTexture | null;
  source: ExternalSource | null;
}

/** The programs of a mesh, by whether one sample is enough and whether lines are drawn. */
export function meshPrograms(): { readonly vertex: string; readonly fragment: string }[] {
  return [0, 1, 2, 3].map((variant) => ({
    vertex: shaderSource('display.vert'),
    fragment: shaderSource('display.frag', { SINGLE: variant & 1, GRID: variant >> 1 }),
  }));
}

export class CanvasMesh {
  readonly mesh: Mesh<Geometry, Shader>;
  readonly #renderer: WebGLRenderer;
  readonly #uniforms = new UniformGroup({
    uFootprint: { value: 1, type: 'f32' },
    uSamples: { value: 1, type: 'f32' },
    uScale: { value: 1, type: 'f32' },
    uTexel: { value: new Float32Array(2), type: 'vec2<f32>' },
    uTile: { value: 1, type: 'f32' },
    uGrid: { value: new Float32Array(3), type: 'vec3<f32>' },
    uBackground: { value: new Float32Array(4), type: 'vec4<f32>' },
  });
  readonly #geometry: Geometry;
  readonly #corners = new Float32Array(8);
  /** See {@link meshPrograms}. */
  #shaders: readonly Shader[];
  readonly #textures: readonly BoundTexture[] = [
    { name: 'uColors', handle: null, source: null },
    { name: 'uBounds', handle: null, source: null },
  ];

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
    this.#geometry = new Geometry({
      attributes: { aPosition: { buffer: this.#corners, format: 'float32x2' } },
      indexBuffer: new Uint32Array([0, 1, 2, 0, 2, 3]),
    });
    this.#shaders = this.#makeShaders();
    this.mesh = new Mesh({ geometry: this.#geometry, shader: this.#shaders[0] });
    this.mesh.state.blend = false;
  }

  set gridColor(color: Color) {
    this.#uniforms.uniforms.uGrid.set(color.map((byte) => byte / 255));
    this.#uniforms.update();
  }

  update({ colors, bounds, background, cellsPerPixel, tile, grid, view = EVERYTHING }: MeshFrame): void {
    const [colorBinding, boundsBinding] = this.#textures;
    this.#bind(colorBinding, colors);
    this.#bind(boundsBinding, bounds);
    this.#cut(colors, view);
    const { uniforms } = this.#uniforms;
    uniforms.uFootprint = cellsPerPixel;
    uniforms.uSamples = Math.ceil(cellsPerPixel - 1e-6);
    // Divisions take longer than products, in every pixel of a software GPU.
    uniforms.uScale = uniforms.uSamples / cellsPerPixel;
    uniforms.uTexel[0] = 1 / colors.width;
    uniforms.uTexel[1] = 1 / colors.height;
    uniforms.uTile = tile;
    uniforms.uBackground.set(background);
    this.#uniforms.update();
    const isSingle = uniforms.uSamples <= 1;
    const hasGrid = grid && tile / cellsPerPixel >= GRID_LEAST_TILE_PIXELS;
    this.mesh.shader = this.#shaders[Number(isSingle) + 2 * Number(hasGrid)];
  }

  /** Switches to programs made from the current shaders. */
  recompile(): void {
    const old = this.#shaders;
    this.#shaders = this.#makeShaders();
    this.mesh.shader = this.#shaders[0];
    for (const shader of old) shader.destroy();
    // The textures are bound to the new ones with the next picture.
    for (const binding of this.#textures) binding.handle = null;
  }

  /** Frees the mesh's pixi objects. Its programs belong to pixi. */
  dispose(): void {
    this.mesh.destroy();
    this.#geometry.destroy(true);
    for (const shader of this.#shaders) shader.destroy();
    for (const binding of this.#textures) {
      binding.source?.destroy();
      Object.assign(binding, { handle: null, source: null });
    }
  }

  /**
   * pixi needs a source for each texture of the engine. Creating one queries the GPU, so one is kept for each texture.
   */
  #bind(binding: BoundTexture, { handle, width, height }: Texture): void {
    if (binding.handle === handle) return;
    const old = binding.source;
    binding.source = new ExternalSource({ renderer: this.#renderer, resource: handle, width, height });
    for (const shader of this.#shaders) shader.resources[binding.name] = binding.source;
    old?.destroy();
    binding.handle = handle;
  }

  /** Clips the canvas' rectangle to the visible part. */
  #cut({ width, height }: Texture, view: CellView): void {
    const left = Math.min(width, Math.max(0, view.left));
    const top = Math.min(height, Math.max(0, view.top));
    const right = Math.min(width, Math.max(left, view.right));
    const bottom = Math.min(height, Math.max(top, view.bottom));
    const [corner] = this.#corners;
    if (corner === left && this.#corners[1] === top && this.#corners[4] === right && this.#corners[5] === bottom)
      return;
    this.#corners.set([left, top, right, top, right, bottom, left, bottom]);
    this.#geometry.getBuffer('aPosition').update();
  }

  #makeShaders(): Shader[] {
    return meshPrograms().map(
      (program) =>
        new Shader({
          glProgram: GlProgram.from({ name: 'display', ...program }),
          resources: {
            display: this.#uniforms,
            uColors: PixiTexture.EMPTY.source,
            uBounds: PixiTexture.EMPTY.source,
          },
        }),
    );
  }
}
