/** Films of few colours as GIF. */
import { createRequire } from 'node:module';
import type { Color, Sheet } from './paint.ts';

/** The part of gifenc, which has no types of its own, that is used here. */
interface GifEncoder {
  writeFrame(
    entries: Uint8Array,
    width: number,
    height: number,
    options: { palette?: readonly Color[]; delay: number; repeat?: number },
  ): void;
  finish(): void;
  bytes(): Uint8Array;
}

// A CommonJS package whose names Node does not find.
const { GIFEncoder } = createRequire(import.meta.url)('gifenc') as { GIFEncoder: () => GifEncoder };

/** Every cell as a square of `scale` · `scale`. */
function enlarge({ width, height, cells }: Sheet, scale: number): Uint8Array {
  const entries = new Uint8Array(width * scale * height * scale);
  for (let y = 0; y < height * scale; y += 1) {
    const from = Math.floor(y / scale) * width;
    for (let x = 0; x < width * scale; x += 1) entries[y * width * scale + x] = cells[from + Math.floor(x / scale)];
  }
  return entries;
}

/**
 * An endless film.
 * @param scale pixels a cell
 * @param frameSeconds how long each frame stays; the last one stays a second
 */
export function encodeGif(
  frames: readonly Sheet[],
  palette: readonly Color[],
  scale: number,
  frameSeconds: number,
): Uint8Array {
  const encoder = GIFEncoder();
  frames.forEach((frame, index) => {
    const last = index === frames.length - 1;
    encoder.writeFrame(enlarge(frame, scale), frame.width * scale, frame.height * scale, {
      palette: index === 0 ? palette : undefined,
      delay: 1000 * (last ? 1 : frameSeconds),
      repeat: 0,
    });
  });
  encoder.finish();
  return encoder.bytes();
}
