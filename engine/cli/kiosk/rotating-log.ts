/** A log that never fills the disk, and that a full disk never stops. */
import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { messageOf } from '../../common/error-message.ts';

export interface RotatingLogOptions {
  readonly file: string;
  /** The size at which a file is put aside. */
  readonly mostBytes: number;
  /** The number of old files to keep; `file.1` is the newest. */
  readonly files: number;
}

/** How long to wait after a line could not be written. */
const PAUSE_MILLISECONDS = 10_000;

export class RotatingLog {
  readonly #options: RotatingLogOptions;
  readonly #now: () => number;
  readonly #complain: (text: string) => void;
  #lost = 0;
  #pausedUntil = -Infinity;

  /** @param complain called once whenever lines start to be lost */
  constructor(options: RotatingLogOptions, now: () => number, complain: (text: string) => void) {
    this.#options = options;
    this.#now = now;
    this.#complain = complain;
  }

  /** Writes a line, or loses it; never throws. */
  write(line: string): void {
    if (this.#now() < this.#pausedUntil) {
      this.#lost += 1;
      return;
    }
    const text = this.#lost > 0 ? `(${this.#lost} lines could not be written here.)\n${line}\n` : `${line}\n`;
    try {
      this.#rotate(Buffer.byteLength(text));
      appendFileSync(this.#options.file, text);
      this.#lost = 0;
    } catch (error) {
      if (this.#lost === 0) this.#complain(`The log cannot be written: ${messageOf(error)}.`);
      this.#lost += 1;
      this.#pausedUntil = this.#now() + PAUSE_MILLISECONDS;
    }
  }

  #rotate(bytes: number): void {
    const { file, files, mostBytes } = this.#options;
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size === 0 || size + bytes <= mostBytes) return;
    rmSync(`${file}.${files}`, { force: true });
    for (let index = files - 1; index >= 1; index -= 1) moveIfThere(`${file}.${index}`, `${file}.${index + 1}`);
    moveIfThere(file, `${file}.1`);
  }
}

function moveIfThere(from: string, to: string): void {
  if (statSync(from, { throwIfNoEntry: false })) renameSync(from, to);
}
