/** What is used of gifenc, which comes without types. */
declare module 'gifenc' {
  export type GifPalette = [red: number, green: number, blue: number][];

  /** A palette of at most so many colours for RGBA bytes. */
  export function quantize(rgba: Uint8Array | Uint8ClampedArray, mostColors: number): GifPalette;

  /** The index of the nearest colour for each pixel. */
  export function applyPalette(rgba: Uint8Array | Uint8ClampedArray, palette: GifPalette): Uint8Array;

  export function GIFEncoder(): {
    /** @param options the delay is in milliseconds, and kept in hundredths of a second */
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
