/** Pictures as PNG files. Node only. */
import { decode, encode } from 'fast-png';

/** Red, green, blue and alpha of each pixel, rows from the top. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** @throws Error if it is no PNG of 8-bit colours, as screenshots are */
export function decodePng(bytes: Uint8Array): Bitmap {
  const { width, height, depth, channels, data } = decode(bytes);
  if (depth !== 8 || channels < 3) {
    throw new Error(`A screenshot has 8-bit colours; this PNG has ${channels} channels of ${depth} bits.`);
  }
  const pixels = new Uint8Array(4 * width * height).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < channels; channel += 1) {
      pixels[4 * pixel + channel] = data[channels * pixel + channel];
    }
  }
  return { width, height, pixels };
}

export function encodePng({ width, height, pixels }: Bitmap): Buffer {
  return Buffer.from(encode({ width, height, data: pixels, channels: 4, depth: 8 }));
}
