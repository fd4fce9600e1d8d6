/**
 * The canvas of cells as a pixi mesh: one rectangle, coloured by
 * `shaders/display.frag` straight from the automaton's own textures.
 */
import {
  BufferImageSource,
  ExternalSource,
  Geometry,
  GlProgram,
  Mesh,
  Shader,
  type TextureSource,
  UniformGroup,
  type WebGLRenderer,
} from 'pixi.js';
import type { Simulation } from '../automaton/simulation.ts';
import type { DigitStatistics } from '../automaton/types.ts';
import { LIMITS } from '../common/model/specification.ts';
import { shaderSource } from '../gpu/shader-source.ts';
import type { Color } from './color.ts';
import type { Palette } from './palettes.ts';
import { type View, viewNumber } from './views.ts';

/** What to show of the cells, and in which colours. */
export interface Look {
  readonly palette: Palette;
  readonly view: View;
  /** The channels for red, green and blue; a view of one channel shows the first. */
  readonly channels: readonly [number, number, number];
  readonly grid: boolean;
}

/** A line between tiles is faint, and gone where a tile is only a few pixels wide. */
const GRID_OPACITY = 0.8;
const GRID_LEAST_TILE_PIXELS = 16;

const STATE_SAMPLERS = ['uStateRed', 'uStateGreen', 'uStateBlue'] as const;

export class CanvasMesh {
  readonly mesh: Mesh<Geometry, Shader>;
  readonly #renderer: WebGLRenderer;
  readonly #uniforms = makeUniforms();
  readonly #shader: Shader;
  readonly #geometry: Geometry;
  /** pixi's wrappers of the automaton's textures: one for each, because making one asks the GPU. */
  #sources = new Map<WebGLTexture, ExternalSource>();
  #generation = -1;
  #votes: BufferImageSource;

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
    this.#votes = makeVotes(1, 1);
    this.#geometry = new Geometry({
      attributes: { aPosition: { buffer: new Float32Array(8), format: 'float32x2' } },
      indexBuffer: new Uint32Array([0, 1, 2, 0, 2, 3]),
    });
    this.#shader = new Shader({
      glProgram: GlProgram.from({
        name: 'display',
        vertex: shaderSource('display.vert'),
        fragment: shaderSource('display.frag', { CLASS_LIMIT: LIMITS.classes }),
      }),
      resources: {
        display: this.#uniforms,
        uCells: this.#votes,
        uLabels: this.#votes,
        uVotes: this.#votes,
        uStateRed: this.#votes,
        uStateGreen: this.#votes,
        uStateBlue: this.#votes,
      },
    });
    this.mesh = new Mesh({ geometry: this.#geometry, shader: this.#shader });
    this.mesh.state.blend = false;
  }

  /** Takes the majorities of the digits, for the view that compares cells with them. */
  setVotes(columns: number, rows: number, digits: readonly DigitStatistics[]): void {
    if (this.#votes.width !== columns || this.#votes.height !== rows) {
      const old = this.#votes;
      this.#votes = makeVotes(columns, rows);
      this.#shader.resources['uVotes'] = this.#votes;
      this.#releaseVotes(old);
    }
    const texels = this.#votes.resource as Uint8Array;
    texels.fill(0);
    for (const { column, row, vote } of digits) texels[4 * (row * columns + column)] = vote === null ? 0 : vote + 1;
    this.#votes.update();
  }

  /**
   * Points the shader at the simulation's textures of this moment.
   * @param cellsPerPixel cells that a device pixel spans
   */
  update(simulation: Simulation, look: Look, cellsPerPixel: number): void {
    const { textures, layout, model } = simulation;
    if (textures.generation !== this.#generation) {
      this.#generation = textures.generation;
      this.#releaseSources();
      this.#setSize(simulation.width, simulation.height);
    }
    const { resources } = this.#shader;
    resources['uCells'] = this.#source(textures.cells, simulation.width, simulation.height);
    const labels = this.#source(textures.labels, textures.slotWidth, textures.slotHeight);
    resources['uLabels'] = labels;

    const { ink } = model.specification.channels;
    const wanted = look.view === 'channels' ? 3 : look.view === 'channel' ? 1 : 0;
    const uniforms = this.#uniforms.uniforms;
    for (let index = 0; index < STATE_SAMPLERS.length; index += 1) {
      const channel = look.channels[index] ?? 0;
      // Where no channel is shown, something harmless of the right shape is bound.
      resources[STATE_SAMPLERS[index]] =
        index < wanted && channel !== ink
          ? this.#source(textures.state(channel >> 2), textures.slotWidth, textures.slotHeight)
          : labels;
      uniforms.uComponents[index] = channel === ink ? -1 : channel & 3;
    }

    uniforms.uFootprint[0] = cellsPerPixel;
    uniforms.uFootprint[1] = cellsPerPixel;
    uniforms.uView = viewNumber(look.view);
    uniforms.uTile = layout.tile;
    const tilePixels = layout.tile / cellsPerPixel;
    uniforms.uGridOpacity = look.grid && tilePixels >= GRID_LEAST_TILE_PIXELS ? GRID_OPACITY : 0;
    this.#uniforms.update();
  }

  setPalette(palette: Palette): void {
    setColors(this.#uniforms.uniforms, palette);
    this.#uniforms.update();
  }

  /** Lets go of all that a lost context took; the next update makes it anew. */
  forget(): void {
    this.#generation = -1;
    this.#votes.update();
  }

  #setSize(width: number, height: number): void {
    const buffer = this.#geometry.getBuffer('aPosition');
    buffer.data = new Float32Array([0, 0, width, 0, width, height, 0, height]);
  }

  #source(texture: WebGLTexture, width: number, height: number): TextureSource {
    const known = this.#sources.get(texture);
    if (known) return known;
    const source = new ExternalSource({ renderer: this.#renderer, resource: texture, width, height });
    this.#sources.set(texture, source);
    return source;
  }

  #releaseSources(): void {
    const { resources } = this.#shader;
    for (const name of ['uCells', 'uLabels', ...STATE_SAMPLERS]) resources[name] = this.#votes;
    for (const source of this.#sources.values()) source.destroy();
    this.#sources.clear();
  }

  #releaseVotes(old: BufferImageSource): void {
    const { resources } = this.#shader;
    for (const name of Object.keys(resources)) if (resources[name] === old) resources[name] = this.#votes;
    old.destroy();
  }
}

function makeVotes(columns: number, rows: number): BufferImageSource {
  return new BufferImageSource({
    resource: new Uint8Array(4 * columns * rows),
    width: columns,
    height: rows,
    format: 'rgba8unorm',
    alphaMode: 'no-premultiply-alpha',
    scaleMode: 'nearest',
    autoGarbageCollect: false,
  });
}

function makeUniforms() {
  return new UniformGroup({
    uFootprint: { value: new Float32Array(2), type: 'vec2<f32>' },
    uView: { value: 0, type: 'f32' },
    uComponents: { value: new Float32Array(3), type: 'vec3<f32>' },
    uTile: { value: 1, type: 'f32' },
    uGridOpacity: { value: 0, type: 'f32' },
    uBackground: { value: new Float32Array(3), type: 'vec3<f32>' },
    uUndecided: { value: new Float32Array(3), type: 'vec3<f32>' },
    uGrid: { value: new Float32Array(3), type: 'vec3<f32>' },
    uCalm: { value: new Float32Array(3), type: 'vec3<f32>' },
    uAlarm: { value: new Float32Array(3), type: 'vec3<f32>' },
    uRampLow: { value: new Float32Array(3), type: 'vec3<f32>' },
    uRampMiddle: { value: new Float32Array(3), type: 'vec3<f32>' },
    uRampHigh: { value: new Float32Array(3), type: 'vec3<f32>' },
    uClasses: { value: new Float32Array(4 * LIMITS.classes), type: 'vec4<f32>', size: LIMITS.classes },
  });
}

type DisplayUniforms = ReturnType<typeof makeUniforms>['uniforms'];

function setColors(uniforms: DisplayUniforms, palette: Palette): void {
  writeColor(uniforms.uBackground, palette.background);
  writeColor(uniforms.uUndecided, palette.undecided);
  writeColor(uniforms.uGrid, palette.grid);
  writeColor(uniforms.uCalm, palette.calm);
  writeColor(uniforms.uAlarm, palette.alarm);
  writeColor(uniforms.uRampLow, palette.ramp[0]);
  writeColor(uniforms.uRampMiddle, palette.ramp[1]);
  writeColor(uniforms.uRampHigh, palette.ramp[2]);
  palette.classes.forEach((color, index) => writeColor(uniforms.uClasses, color, 4 * index));
}

function writeColor(target: Float32Array, color: Color, start = 0): void {
  target[start] = color[0] / 255;
  target[start + 1] = color[1] / 255;
  target[start + 2] = color[2] / 255;
}
