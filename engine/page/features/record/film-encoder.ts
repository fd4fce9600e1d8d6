/** Makes MP4 or WebM films with the browser's video encoder (WebCodecs). */
import {
  BufferTarget,
  CanvasSource,
  getEncodableVideoCodecs,
  Mp4OutputFormat,
  Output,
  Quality,
  type VideoCodec,
  WebMOutputFormat,
} from 'mediabunny';
import type { FilmSink } from './film-sink.ts';
import type { FilmCandidate } from './film-trial.ts';
import { canvasOf, type PictureSize } from './picture-painter.ts';

/** MP4 with H.264 comes first, since every player opens it. */
const CODECS: VideoCodec[] = ['avc', 'vp9', 'vp8', 'av1'];
/** Bits per pixel and second. Cells have hard edges, which need more than a camera's picture. */
const BITS_A_PIXEL = 6;
const LEAST_BITS = 1e6;
/** Seconds from one key frame to the next, for seeking. */
const KEY_SECONDS = 2;

export class FilmEncoder implements FilmSink {
  readonly #picture: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #source: CanvasSource;
  readonly #output: Output<Mp4OutputFormat | WebMOutputFormat, BufferTarget>;

  private constructor(size: PictureSize, codec: VideoCodec) {
    this.#picture = canvasOf(size.width, size.height);
    const context = this.#picture.getContext('2d', { alpha: false });
    if (!context) throw new Error('This browser has no canvas to paint films on.');
    this.#context = context;
    this.#source = new CanvasSource(this.#picture, {
      codec,
      quality: qualityOf(size),
      keyFrameInterval: KEY_SECONDS,
      latencyMode: 'quality',
    });
    const format = codec === 'avc' ? new Mp4OutputFormat() : new WebMOutputFormat();
    this.#output = new Output({ format, target: new BufferTarget() });
    this.#output.addVideoTrack(this.#source);
  }

  /** Returns the formats to which this browser claims to encode pictures of a size, the best first. */
  static async candidates(size: PictureSize): Promise<FilmCandidate[]> {
    if (!('VideoEncoder' in globalThis)) return [];
    // In WebKitGTK 2.50 the page crashes if an encoder is the first part of its media library to be used.
    document.createElement('video').canPlayType('video/mp4');
    const { width, height } = size;
    const codecs = await getEncodableVideoCodecs(CODECS, { width, height, quality: qualityOf(size) });
    return codecs.map((codec) => ({
      name: codec,
      suffix: codec === 'avc' ? 'mp4' : 'webm',
      open: async (asked) => {
        const encoder = new FilmEncoder(asked, codec);
        await encoder.#output.start();
        return encoder;
      },
    }));
  }

  async add(picture: HTMLCanvasElement, atSeconds: number, seconds: number): Promise<void> {
    this.#context.drawImage(picture, 0, 0);
    // Waits if the encoder is behind.
    await this.#source.add(atSeconds, seconds);
  }

  async finish(): Promise<Blob> {
    await this.#output.finalize();
    const { buffer } = this.#output.target;
    if (!buffer) throw new Error('The video encoder produced no film.');
    return new Blob([buffer], { type: this.#output.format.mimeType });
  }

  async cancel(): Promise<void> {
    await this.#output.cancel();
  }
}

function qualityOf({ width, height }: PictureSize): Quality {
  return new Quality({ bitrate: Math.round(Math.max(LEAST_BITS, BITS_A_PIXEL * width * height)) });
}
