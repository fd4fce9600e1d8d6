/** Records the canvas for a number of seconds. */
import { makePalette } from '../../../view/palettes.ts';
import type { CellPicture } from '../../../view/scene.ts';
import type { Playground } from '../../../session/playground.ts';
import type { FilmFormat } from './film-sink.ts';
import { filmScale, PicturePainter } from './picture-painter.ts';

/** Thrown when a recording was cancelled. */
export class RecordingCancelled extends Error {
  override name = 'RecordingCancelled';
}

export interface RecordOptions {
  readonly format: FilmFormat;
  readonly seconds: number;
  /** Called after each picture with the seconds recorded so far. */
  readonly progress: (seconds: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Records the next seconds of the whole canvas, in its current view. Pictures are copied from the GPU without making a
 * frame wait. If that or the encoder is slow, there are fewer pictures, but the film has the requested length. While
 * the GPU's context is lost, the last picture is shown.
 * @throws RecordingCancelled if the signal is aborted
 */
export async function record(
  playground: Playground,
  { format, seconds, progress, signal }: RecordOptions,
): Promise<Blob> {
  const { clock, settings, simulation } = playground;
  const palette = () =>
    makePalette(settings.values.palette, simulation.model.specification.classes, settings.values.hueShift);
  let pending: CellPicture = await playground.picture.read();
  let pendingSeconds = 0;
  const size = filmScale(pending.width, pending.height, format.mostPixels);
  const painter = new PicturePainter(size, pending, palette().background);
  const sink = await format.open(size);
  const add = async (untilSeconds: number): Promise<void> => {
    painter.paint(pending, settings.values.grid ? palette().grid : null);
    await sink.add(painter.canvas, pendingSeconds, untilSeconds - pendingSeconds);
  };
  const start = clock.now();
  const release = playground.adaptation.hold();
  try {
    for (;;) {
      const frame = 1000 / format.framesPerSecond;
      const due = start + 1000 * pendingSeconds + frame;
      const wait = due - clock.now();
      await new Promise<void>((resolve) => {
        // An overdue picture is taken immediately, except while there are no pictures to take.
        clock.after(isAway(playground) ? frame : Math.max(0, wait), resolve);
      });
      if (signal.aborted) throw new RecordingCancelled();
      const atSeconds = (clock.now() - start) / 1000;
      if (atSeconds >= seconds) break;
      const next = await readIfThere(playground);
      if (!next) continue;
      if (next.width !== pending.width || next.height !== pending.height) {
        throw new Error('The canvas was replaced while it was recorded.');
      }
      await add(atSeconds);
      pending = next;
      pendingSeconds = atSeconds;
      progress(atSeconds);
    }
    // The duration of a picture is known when the next one arrives. The last one is shown until the end.
    await add(seconds);
    progress(seconds);
    return await sink.finish();
  } catch (error) {
    await sink.cancel();
    throw error;
  } finally {
    release();
  }
}

/** Returns the current picture, or null if the GPU's context is lost. */
async function readIfThere(playground: Playground): Promise<CellPicture | null> {
  if (isAway(playground)) return null;
  try {
    return await playground.picture.read();
  } catch (error) {
    if (playground.isLoss(error)) return null;
    throw error;
  }
}

function isAway({ live, simulation }: Playground): boolean {
  return !live || simulation.device.gl.isContextLost();
}
