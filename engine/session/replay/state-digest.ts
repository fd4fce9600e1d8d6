import type { Simulation } from '../../automaton/simulation.ts';
import { sha256 } from '../../common/digest/sha256.ts';

/**
 * The SHA-256 digest of the present state: the step, width, height and channels as 32-bit words, the ink byte of every
 * cell, then for each live cell in reading order its index and its channels as float32, all little-endian.
 */
export async function stateDigest(simulation: Simulation): Promise<string> {
  const { canvas } = simulation;
  const { step } = simulation.time;
  const { width, height } = canvas;
  const ink = canvas.readInk();
  const live: number[] = [];
  for (let cell = 0; cell < ink.length; cell += 1) if (canvas.slotOf(cell) !== 0) live.push(cell);
  const { channels, data } = await simulation.measurement.readState();

  const inkStart = 16;
  const liveStart = inkStart + ink.length;
  const cellBytes = 4 + 4 * channels;
  const bytes = new Uint8Array(liveStart + live.length * cellBytes);
  const view = new DataView(bytes.buffer);
  [step, width, height, channels].forEach((word, index) => view.setUint32(index * 4, word, true));
  bytes.set(ink, inkStart);
  live.forEach((cell, index) => {
    const start = liveStart + index * cellBytes;
    view.setUint32(start, cell, true);
    for (let channel = 0; channel < channels; channel += 1) {
      view.setFloat32(start + 4 + channel * 4, data[cell * channels + channel], true);
    }
  });
  return sha256(bytes);
}
