import type { Device } from '../gpu/device.ts';
import type { Target, Texture } from '../gpu/gl-objects.ts';
import { Pass } from '../gpu/pass.ts';
import { shaderSource } from '../gpu/shader-source.ts';
import { beginPasses, bindAll, endPasses, setSlotShape, stateSamplers } from './block-pass.ts';
import type { CellMap } from './cell-map.ts';
import type { SlotStore } from './slot-store.ts';
import { CELL_EDIT_WORDS, LINK_EDIT_WORDS, STATE_EDIT_WORDS, type SlotEdits } from './slot-changes.ts';
import type { SlotTable } from './slot-table.ts';
import type { GroupRange } from './state-pair.ts';

/** The number of words that are handed to the GPU in one call. */
const BUFFER_WORDS = LINK_EDIT_WORDS * 4096;

interface Attribute {
  readonly location: number;
  readonly words: number;
  readonly offset: number;
}

/**
 * Brings the slot table's changes to the GPU, as one point for each slot or cell that changed, so that the cost depends
 * on the size of the edit and not of the canvas. Owns its programs, its vertex buffer and its vertex arrays.
 */
export class EditPasses implements SlotEdits {
  readonly #device: Device;
  readonly #statePasses: readonly Pass[];
  readonly #linkPass: Pass;
  readonly #cellPass: Pass;
  readonly #buffer: WebGLBuffer;
  readonly #arrays: readonly WebGLVertexArrayObject[];
  readonly #scratch = new Uint32Array(BUFFER_WORDS);
  #store: SlotStore | null = null;
  #canvas: CellMap | null = null;
  #end = 0;
  #stateTouched = false;

  private constructor(device: Device, statePasses: readonly Pass[], linkPass: Pass, cellPass: Pass) {
    this.#device = device;
    this.#statePasses = statePasses;
    this.#linkPass = linkPass;
    this.#cellPass = cellPass;
    this.#buffer = device.createBuffer(BUFFER_WORDS * 4);
    this.#arrays = [
      this.#createArray(STATE_EDIT_WORDS, [{ location: 0, words: 3, offset: 0 }]),
      this.#createArray(LINK_EDIT_WORDS, [
        { location: 0, words: 1, offset: 0 },
        { location: 1, words: 4, offset: 1 },
        { location: 2, words: 4, offset: 5 },
      ]),
      this.#createArray(CELL_EDIT_WORDS, [{ location: 0, words: 2, offset: 0 }]),
    ];
  }

  static async create(
    device: Device,
    channels: number,
    inkChannel: number,
    ranges: readonly GroupRange[],
  ): Promise<EditPasses> {
    const samplers = stateSamplers(Math.ceil(channels / 4));
    const stateVertex = shaderSource('edit-state.vert');
    const [linkPass, cellPass, ...statePasses] = await Promise.all([
      Pass.create(device, shaderSource('edit-links.vert'), shaderSource('edit-links.frag'), []),
      Pass.create(device, shaderSource('edit-cells.vert'), shaderSource('edit-cells.frag'), []),
      ...ranges.map(({ first, count }) => {
        const defines = { CHANNELS: channels, FIRST_GROUP: first, TARGETS: count, INK_CHANNEL: inkChannel };
        return Pass.create(device, stateVertex, shaderSource('edit-state.frag', defines), samplers);
      }),
    ]);
    return new EditPasses(device, statePasses, linkPass, cellPass);
  }

  /**
   * Applies all changes of `table` to the slots and to the cells of the canvas.
   *
   * @throws DeviceError if there is no room for the slots; the table keeps its changes in that case
   */
  apply(table: SlotTable, store: SlotStore, canvas: CellMap): void {
    if (!table.hasEdits) return;
    if (store.reserve(table.peak)) table.markLinks();
    this.#end = table.end;
    this.#store = store;
    this.#canvas = canvas;
    this.#stateTouched = false;
    beginPasses(this.#device);
    table.drain(this, this.#scratch);
    endPasses(this.#device);
    if (this.#stateTouched) store.swap();
  }

  state(words: Uint32Array, entries: number): void {
    const store = this.#store;
    if (!store) return;
    if (!this.#stateTouched) {
      store.copyToNext(this.#end);
      this.#stateTouched = true;
    }
    this.#drawStates(words, entries, store.now.textures, store.next.targets);
  }

  /**
   * Copies individual states from one set of textures to another, which must be different.
   *
   * @param words in the format of {@link SlotEdits.state}; the slot refers to the textures drawn, its origin to the
   * textures read
   */
  move(words: Uint32Array, entries: number, from: readonly Texture[], to: readonly Target[]): void {
    beginPasses(this.#device);
    this.#drawStates(words, entries, from, to);
    endPasses(this.#device);
  }

  links(words: Uint32Array, entries: number): void {
    if (!this.#store) return;
    this.#upload(this.#arrays[1], words, entries * LINK_EDIT_WORDS);
    this.#begin(this.#linkPass, this.#store.linkTarget);
    setSlotShape(this.#linkPass, this.#store.linkTarget);
    this.#device.gl.drawArrays(this.#device.gl.POINTS, 0, entries);
  }

  cells(words: Uint32Array, entries: number): void {
    const canvas = this.#canvas;
    if (!canvas) return;
    canvas.note(words, entries);
    this.#upload(this.#arrays[2], words, entries * CELL_EDIT_WORDS);
    this.#begin(this.#cellPass, canvas.target);
    this.#cellPass.set('canvasSize', [canvas.target.width, canvas.target.height]);
    this.#device.gl.drawArrays(this.#device.gl.POINTS, 0, entries);
  }

  dispose(): void {
    for (const pass of [...this.#statePasses, this.#linkPass, this.#cellPass]) pass.dispose();
    for (const array of this.#arrays) this.#device.freeVertexArray(array);
    this.#device.freeBuffer(this.#buffer);
  }

  #drawStates(words: Uint32Array, entries: number, from: readonly Texture[], to: readonly Target[]): void {
    this.#upload(this.#arrays[0], words, entries * STATE_EDIT_WORDS);
    this.#statePasses.forEach((pass, index) => {
      this.#begin(pass, to[index]);
      setSlotShape(pass, to[index]);
      pass.set('sourceShift', Math.log2(from[0].width));
      bindAll(pass, from);
      this.#device.gl.drawArrays(this.#device.gl.POINTS, 0, entries);
    });
  }

  #begin(pass: Pass, target: Target): void {
    const { gl } = this.#device;
    gl.bindFramebuffer(gl.FRAMEBUFFER, target.framebuffer);
    gl.viewport(0, 0, target.width, target.height);
    pass.use();
  }

  #upload(array: WebGLVertexArrayObject, words: Uint32Array, count: number): void {
    const { gl } = this.#device;
    gl.bindVertexArray(array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, words, 0, count);
  }

  #createArray(stride: number, attributes: readonly Attribute[]): WebGLVertexArrayObject {
    const { gl } = this.#device;
    const array = this.#device.createVertexArray();
    gl.bindVertexArray(array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    for (const { location, words, offset } of attributes) {
      gl.enableVertexAttribArray(location);
      gl.vertexAttribIPointer(location, words, gl.UNSIGNED_INT, stride * 4, offset * 4);
    }
    gl.bindVertexArray(null);
    gl.bindBuffer(gl.ARRAY_BUFFER, null);
    return array;
  }
}
