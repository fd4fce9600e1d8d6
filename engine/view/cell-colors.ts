/**
 * The colour of every cell, as a texture of the canvas' size. It is computed from the automaton's textures by
 * `display-cells.frag`, with one program for each view.
 */
import { beginPasses, endPasses } from '../automaton/block-pass.ts';
import type { Simulation } from '../automaton/simulation.ts';
import type { CanvasLayout, CellRectangle, DigitStatistics } from '../automaton/types.ts';
import { LIMITS } from '../common/model/specification.ts';
import type { Device } from '../gpu/device.ts';
import type { Target, Texture } from '../gpu/gl-objects.ts';
import { Pass } from '../gpu/pass.ts';
import { shaderSource } from '../gpu/shader-source.ts';
import type { Color } from './color.ts';
import type { Palette } from './palettes.ts';
import { needsVotes, type View, viewNumber, VIEWS } from './views.ts';

/** What to show of the cells, and in which colours. */
export interface Look {
  readonly palette: Palette;
  readonly view: View;
  /** The channels for red, green and blue. A view of one channel shows the first. */
  readonly channels: readonly [number, number, number];
  /** Whether to draw lines between the tiles. */
  readonly grid: boolean;
}

const SAMPLERS = ['cells', 'labels', 'palette', 'votes', 'stateRed', 'stateGreen', 'stateBlue'];
const FIRST_STATE_SAMPLER = 4;
const MASKS = ['maskRed', 'maskGreen', 'maskBlue'];
const PALETTE_TEXELS = LIMITS.classes + 1;
const NO_CHANNEL = new Float32Array(4);
/** The value in the shader for the majority of a digit that has not been measured. */
const VOTE_UNKNOWN = 255;
const CHANNEL_MASKS = [0, 1, 2, 3].map((component) => NO_CHANNEL.with(component, 1));

interface Side {
  readonly texture: Texture;
  readonly target: Target;
}

/** What the cells outside of all tiles' ink were last filled for. While all of it stays the same, they stay as they are. */
interface Blank {
  colors: Side | null;
  bounds: Texture | null;
  blankVersion: number;
  background: readonly number[];
}

export class CellColors {
  readonly #device: Device;
  readonly #passes: ReadonlyMap<View, Pass>;
  readonly #palette: Texture;
  readonly #paletteTexels = new Uint8Array(4 * PALETTE_TEXELS);
  /** The number of context losses before the textures were created. */
  readonly #losses: number;
  #votes: Texture;
  #colors: Side | null = null;
  readonly #blank: Blank = { colors: null, bounds: null, blankVersion: -1, background: [] };
  /** The width and height of the canvas, in cells. */
  readonly #canvasSize = new Float32Array(2);
  /** The red, green, blue and alpha (0…1) of cells without ink, with premultiplied alpha. */
  #background: readonly number[] = [0, 0, 0, 1];
  /** The uniforms that hold a colour, by their names in the shader. */
  #uniformColors: readonly (readonly [name: string, value: readonly number[]])[] = [];

  private constructor(device: Device, passes: ReadonlyMap<View, Pass>) {
    this.#device = device;
    this.#passes = passes;
    this.#losses = device.losses;
    this.#palette = device.createTexture('rgba8', PALETTE_TEXELS, 1);
    this.#votes = unknownVotes(device, 1, 1);
  }

  /** @throws DeviceError if a program does not compile on this GPU */
  static async create(device: Device): Promise<CellColors> {
    const vertex = shaderSource('tile-cells.vert');
    const passes = await Promise.all(
      VIEWS.map(async (view): Promise<[View, Pass]> => {
        const fragment = shaderSource('display-cells.frag', { VIEW: viewNumber(view) });
        return [view, await Pass.create(device, vertex, fragment, SAMPLERS)];
      }),
    );
    return new CellColors(device, new Map(passes));
  }

  /**
   * The colours as of the last {@link draw}, filtered linearly. It is a different object after the size of the canvas
   * has changed.
   */
  get texture(): Texture {
    if (!this.#colors) throw new Error('No cells have been coloured yet.');
    return this.#colors.texture;
  }

  /** The same colours as a target that can be read; null before the first {@link draw}. */
  get target(): Target | null {
    return this.#colors?.target ?? null;
  }

  /** @param isTransparent whether the page behind the canvas shows through where there is no ink */
  setPalette(palette: Palette, isTransparent = false): void {
    const texels = this.#paletteTexels;
    [palette.undecided, ...palette.classes].forEach((color, index) => texels.set(color, 4 * index));
    this.#upload(this.#palette, texels);
    const [low, middle, high] = palette.ramp;
    const colors: [string, Color][] = [
      ['undecided', palette.undecided],
      ['calm', palette.calm],
      ['alarm', palette.alarm],
      ['rampLow', low],
      ['rampMiddle', middle],
      ['rampHigh', high],
    ];
    this.#background = isTransparent ? [0, 0, 0, 0] : [...palette.background.map((byte) => byte / 255), 1];
    this.#uniformColors = colors.map(([name, color]) => [name, color.map((byte) => byte / 255)]);
  }

  /** The colour of cells without ink: red, green, blue and alpha (0…1), with premultiplied alpha. */
  get background(): readonly number[] {
    return this.#background;
  }

  /** Sets the digits' majorities, for the view that compares cells with them. */
  setVotes({ columns, rows }: CanvasLayout, digits: readonly DigitStatistics[]): void {
    if (this.#isGone) return;
    const texels = new Uint8Array(4 * columns * rows).fill(VOTE_UNKNOWN);
    for (const { column, row, vote } of digits) texels[4 * (row * columns + column)] = vote === null ? 0 : vote + 1;
    this.#fitVotes(columns, rows);
    this.#upload(this.#votes, texels);
  }

  /** Recolours the cells of a rectangle. The simulation's labels must be up to date. */
  draw(simulation: Simulation, { view, channels }: Look, { x, y, width, height }: CellRectangle): void {
    const pass = this.#passes.get(view);
    if (!pass) return;
    const { gl } = this.#device;
    const { textures, layout, model } = simulation;
    if (needsVotes(view)) this.#fitVotes(layout.columns, layout.rows);
    const { target } = this.#sideFor(simulation.canvas.width, simulation.canvas.height);
    const bounds = textures.tileBounds();
    beginPasses(this.#device);
    gl.bindFramebuffer(gl.FRAMEBUFFER, target.framebuffer);
    gl.viewport(0, 0, target.width, target.height);
    this.#fillBlank(bounds, textures.blankVersion);
    gl.enable(gl.SCISSOR_TEST);
    gl.scissor(x, y, width, height);
    pass.use();
    pass.bind(0, textures.cells);
    pass.bind(1, textures.labels);
    pass.bind(2, this.#palette.handle);
    pass.bind(3, this.#votes.handle);
    for (let index = 0; index < MASKS.length; index += 1) {
      const channel = channels[index];
      pass.bind(FIRST_STATE_SAMPLER + index, textures.state(channel >> 2));
      pass.set(MASKS[index], channel === model.specification.channels.ink ? NO_CHANNEL : CHANNEL_MASKS[channel & 3]);
    }
    pass.set('background', this.#background);
    pass.set('slotShift', textures.slotShift);
    pass.set('tile', layout.tile);
    for (const [name, value] of this.#uniformColors) pass.set(name, value);
    this.#canvasSize.set([target.width, target.height]);
    pass.set('canvasSize', this.#canvasSize);
    simulation.textures.drawOccupiedTiles();
    gl.disable(gl.SCISSOR_TEST);
    endPasses(this.#device);
  }

  /** Frees all GPU memory. */
  dispose(): void {
    this.#freeColors();
    for (const pass of this.#passes.values()) pass.dispose();
    this.#device.freeTexture(this.#palette);
    this.#device.freeTexture(this.#votes);
  }

  /** Fills the current target with the background, unless it is everywhere already that the tiles do not cover. */
  #fillBlank(bounds: Texture, blankVersion: number): void {
    const blank = this.#blank;
    const isFilled =
      blank.colors === this.#colors &&
      blank.bounds === bounds &&
      blank.blankVersion === blankVersion &&
      blank.background === this.#background;
    if (isFilled) return;
    const { gl } = this.#device;
    gl.clearBufferfv(gl.COLOR, 0, this.#background);
    Object.assign(blank, { colors: this.#colors, bounds, blankVersion, background: this.#background });
  }

  /** Whether the textures were lost with the context. Their replacement receives everything again. */
  get #isGone(): boolean {
    return this.#losses !== this.#device.losses;
  }

  /** Resets the majorities for a canvas of another layout, where they are unknown. */
  #fitVotes(columns: number, rows: number): void {
    if (this.#votes.width === columns && this.#votes.height === rows) return;
    this.#device.freeTexture(this.#votes);
    this.#votes = unknownVotes(this.#device, columns, rows);
  }

  #sideFor(width: number, height: number): Side {
    const old = this.#colors;
    if (old && old.texture.width === width && old.texture.height === height) return old;
    this.#freeColors();
    const { gl } = this.#device;
    const texture = this.#device.createTexture('rgba8', width, height);
    gl.bindTexture(gl.TEXTURE_2D, texture.handle);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
    gl.bindTexture(gl.TEXTURE_2D, null);
    this.#colors = { texture, target: this.#device.createTarget([texture]) };
    return this.#colors;
  }

  #freeColors(): void {
    if (!this.#colors) return;
    this.#device.freeTarget(this.#colors.target);
    this.#device.freeTexture(this.#colors.texture);
    this.#colors = null;
  }

  #upload(texture: Texture, texels: Uint8Array): void {
    if (this.#isGone) return;
    this.#device.gl.activeTexture(this.#device.gl.TEXTURE0);
    this.#device.updateTexture(texture, 0, texture.height, texels);
  }
}

function unknownVotes(device: Device, columns: number, rows: number): Texture {
  return device.createTexture('rgba8', columns, rows, new Uint8Array(4 * columns * rows).fill(VOTE_UNKNOWN));
}
