/** Types for the used parts of gifenc, which has none. */
declare module 'gifenc' {
  export type GifPalette = [red: number, green: number, blue: number][];

  /** Returns a palette of at most `mostColors` colours for RGBA bytes. */
  export function quantize(rgba: Uint8Array | Uint8ClampedArray, mostColors: number): GifPalette;

  /** Returns the index of the nearest colour for each pixel. */
  export function applyPalette(rgba: Uint8Array | Uint8ClampedArray, palette: GifPalette): Uint8Array;

  export function GIFEncoder(): {
    /** @param options the delay is in milliseconds, and is stored in hundredths of a second */
    writeFrame(
      indices: Uint8Array,
      width: number,
      height: number,
      options: { palette: GifPalette; delay: number },
    ): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  };
}
