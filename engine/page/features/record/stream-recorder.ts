/** Makes films with the browser's recorder (MediaRecorder) if there is no encoder. It records in real time. */
import type { FilmFormat, FilmSink } from './film-sink.ts';
import type { PictureSize } from './picture-painter.ts';

const TYPES = ['video/mp4;codecs=avc1.42E01E', 'video/mp4', 'video/webm;codecs=vp9', 'video/webm'];
const BITS_A_SECOND = 6e6;

/** A recorder that has encoded nothing within this time never will. */
const PATIENCE_MILLISECONDS = 10_000;
const LOOK_EVERY_MILLISECONDS = 50;

export class StreamRecorder implements FilmSink {
  readonly #context: CanvasRenderingContext2D;
  readonly #track: MediaStreamTrack;
  /** Adds the current content of the canvas to the film. */
  readonly #requestFrame: () => void;
  readonly #recorder: MediaRecorder;
  readonly #pieces: Blob[] = [];
  #endsMilliseconds = performance.now();

  private constructor(size: PictureSize, type: string) {
    const canvas = document.createElement('canvas');
    canvas.width = size.width;
    canvas.height = size.height;
    const context = canvas.getContext('2d', { alpha: false });
    const stream = canvas.captureStream(0);
    const [track] = stream.getVideoTracks();
    // In Firefox, frames are requested from the stream, in other browsers from the track.
    const taker = [track as object, stream].find(takesFrames);
    if (!context || !taker) throw new Error('This browser cannot record a canvas.');
    this.#context = context;
    this.#track = track;
    this.#requestFrame = () => taker.requestFrame();
    this.#recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: BITS_A_SECOND });
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#pieces.push(data));
    this.#recorder.start();
  }

  /** Returns the format that this browser records, or null. */
  static find(): Pick<FilmFormat, 'suffix' | 'open'> | null {
    if (!('MediaRecorder' in globalThis) || !('captureStream' in HTMLCanvasElement.prototype)) return null;
    const type = TYPES.find((candidate) => MediaRecorder.isTypeSupported(candidate));
    if (!type) return null;
    return {
      suffix: type.startsWith('video/mp4') ? 'mp4' : 'webm',
      open: async (size) => new StreamRecorder(size, type),
    };
  }

  async add(picture: HTMLCanvasElement, _atSeconds: number, seconds: number): Promise<void> {
    this.#context.drawImage(picture, 0, 0);
    this.#requestFrame();
    this.#endsMilliseconds = performance.now() + 1000 * seconds;
  }

  async finish(): Promise<Blob> {
    // The last picture has to be shown for its full duration, too.
    await new Promise((resolve) => setTimeout(resolve, this.#endsMilliseconds - performance.now()));
    this.#requestFrame();
    await this.#waitForData();
    await this.#stop();
    return new Blob(this.#pieces, { type: this.#recorder.mimeType });
  }

  async cancel(): Promise<void> {
    await this.#stop();
  }

  /** On a busy machine, the recorder may not have encoded a picture yet. Stopping it now would leave an empty file. */
  async #waitForData(): Promise<void> {
    const deadline = performance.now() + PATIENCE_MILLISECONDS;
    while (this.#pieces.every(({ size }) => size === 0)) {
      if (performance.now() > deadline) throw new Error('The browser recorded nothing. Try again, or record a GIF.');
      this.#recorder.requestData();
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MILLISECONDS));
      this.#requestFrame();
    }
  }

  async #stop(): Promise<void> {
    const stopped = new Promise((resolve) => {
      this.#recorder.addEventListener('stop', resolve, { once: true });
    });
    this.#recorder.stop();
    await stopped;
    this.#track.stop();
  }
}

function takesFrames(object: object): object is { requestFrame(): void } {
  return 'requestFrame' in object;
}
