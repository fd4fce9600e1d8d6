/** Records the canvas for so many seconds. */
import { makePalette } from '../../../view/palettes.ts';
import type { CellPicture } from '../../../view/scene.ts';
import type { Playground } from '../../../session/playground.ts';
import type { FilmFormat } from './film-sink.ts';
import { filmScale, PicturePainter } from './picture-painter.ts';

/** The recording was ended before its time, on purpose. */
export class RecordingCancelled extends Error {
  override name = 'RecordingCancelled';
}

export interface RecordOptions {
  readonly format: FilmFormat;
  readonly seconds: number;
  /** Told after each picture, in seconds. */
  readonly progress: (seconds: number) => void;
  readonly signal: AbortSignal;
}

/**
 * The next seconds of the whole canvas, in its present view. Pictures are copied from the GPU without waiting in a frame;
 * where that or the encoder takes long there are fewer of them, but the film is as long as was asked. While the GPU's
 * context is away, the last picture stands.
 * @throws RecordingCancelled if the signal says so
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
        // What is long due is due at once, except while there are no pictures.
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
    // How long a picture stands is known when the next one comes; the last one stands to the end.
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

/** The picture as it is now, or null if the GPU's context is away. */
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
