/** MP4 or WebM by the browser's video encoder (WebCodecs). */
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

/** MP4 with H.264 is what every player opens. */
const CODECS: VideoCodec[] = ['avc', 'vp9', 'vp8', 'av1'];
/** Bits for each pixel and second: cells have hard edges, which cost more than a camera's picture. */
const BITS_A_PIXEL = 6;
const LEAST_BITS = 1e6;
/** Seconds from one picture that stands by itself to the next, for jumping about. */
const KEY_SECONDS = 2;

export class FilmEncoder implements FilmSink {
  readonly #picture: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #source: CanvasSource;
  readonly #output: Output<Mp4OutputFormat | WebMOutputFormat, BufferTarget>;

  private constructor(size: PictureSize, codec: VideoCodec) {
    this.#picture = canvasOf(size.width, size.height);
    const context = this.#picture.getContext('2d', { alpha: false });
    if (!context) throw new Error('This browser offers no canvas to paint films on.');
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

  /** What this browser says that it encodes pictures of a size to, the best first. */
  static async candidates(size: PictureSize): Promise<FilmCandidate[]> {
    if (!('VideoEncoder' in globalThis)) return [];
    // The page of WebKitGTK 2.50 crashes where an encoder is the first thing of its media library that is used.
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
    // Waits while the encoder is behind.
    await this.#source.add(atSeconds, seconds);
  }

  async finish(): Promise<Blob> {
    await this.#output.finalize();
    const { buffer } = this.#output.target;
    if (!buffer) throw new Error('The video encoder gave no film.');
    return new Blob([buffer], { type: this.#output.format.mimeType });
  }

  async cancel(): Promise<void> {
    await this.#output.cancel();
  }
}

function qualityOf({ width, height }: PictureSize): Quality {
  return new Quality({ bitrate: Math.round(Math.max(LEAST_BITS, BITS_A_PIXEL * width * height)) });
}
