import type { Device } from './device.ts';
import type { Target } from './gl-objects.ts';
import { ContextLostError } from './device-error.ts';

/** A pixel format that framebuffers can be read in. */
export type ReadFormat = 'rgba8' | 'rgba32f' | 'rgba32ui';

const POLL_MILLISECONDS = 4;

/**
 * Waits until the GPU has finished everything issued so far, without blocking.
 *
 * @throws ContextLostError if the context is lost in the meantime
 */
export async function finished(device: Device): Promise<void> {
  const { gl, losses } = device;
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  if (!fence) throw new ContextLostError();
  gl.flush();
  for (;;) {
    // A fence of a lost context must not be used, not even to delete it.
    if (device.losses !== losses) throw new ContextLostError();
    const status = gl.clientWaitSync(fence, 0, 0);
    if (status !== gl.TIMEOUT_EXPIRED) {
      gl.deleteSync(fence);
      if (status === gl.WAIT_FAILED) throw new ContextLostError();
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
}

/**
 * Copies a rectangle of a target's attachment to the CPU through a pixel-pack buffer and a fence. The page keeps
 * running in the meantime.
 *
 * @param rows the number of rows to read, from row 0
 * @returns width · rows · 4 components, as Uint8Array, Float32Array or Uint32Array depending on `format`
 * @throws ContextLostError if the context is lost in the meantime
 */
export function readTarget(
  device: Device,
  target: Target,
  attachment: number,
  rows: number,
  format: 'rgba32f',
): Promise<Float32Array>;
export function readTarget(
  device: Device,
  target: Target,
  attachment: number,
  rows: number,
  format: 'rgba32ui',
): Promise<Uint32Array>;
export function readTarget(
  device: Device,
  target: Target,
  attachment: number,
  rows: number,
  format: 'rgba8',
): Promise<Uint8Array>;
export async function readTarget(
  device: Device,
  target: Target,
  attachment: number,
  rows: number,
  format: ReadFormat,
): Promise<Float32Array | Uint32Array | Uint8Array> {
  const { gl, losses } = device;
  const components = target.width * rows * 4;
  const data = {
    rgba8: () => new Uint8Array(components),
    rgba32f: () => new Float32Array(components),
    rgba32ui: () => new Uint32Array(components),
  }[format]();
  if (rows === 0) return data;
  const buffer = gl.createBuffer();
  if (!(buffer as WebGLBuffer | null)) throw new ContextLostError();
  try {
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
    gl.bufferData(gl.PIXEL_PACK_BUFFER, data.byteLength, gl.STREAM_READ);
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, target.framebuffer);
    gl.readBuffer(gl.COLOR_ATTACHMENT0 + attachment);
    gl.pixelStorei(gl.PACK_ALIGNMENT, 1);
    const type = { rgba8: gl.UNSIGNED_BYTE, rgba32f: gl.FLOAT, rgba32ui: gl.UNSIGNED_INT }[format];
    gl.readPixels(0, 0, target.width, rows, format === 'rgba32ui' ? gl.RGBA_INTEGER : gl.RGBA, type, 0);
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, null);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    await new Promise<void>((resolve, reject) => {
      const take = (): void => {
        gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
        gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, data);
        gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
        resolve();
      };
      device.reads.add(take, () => {
        reject(new ContextLostError());
      });
    });
    return data;
  } finally {
    if (device.losses === losses) gl.deleteBuffer(buffer);
  }
}
