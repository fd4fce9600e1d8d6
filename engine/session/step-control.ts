/** The user's control over single steps: running a number of them, or going to one of the last steps. */
import type { Clock } from '../core/clock.ts';
import type { Adaptation } from './adaptation.ts';
import type { CanvasFrames } from './canvas-frames.ts';
import type { Editor } from './editor.ts';
import type { Models } from './models.ts';
import type { Settings } from './settings.ts';
import type { Travel } from './travel.ts';

/** Work for the GPU that takes longer than this makes the page feel stuck. */
const CHUNK_MILLISECONDS = 150;
const MOST_STEPS_AT_ONCE = 64;

interface StepParts {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly models: Models;
  readonly editor: Editor;
  readonly travel: Travel;
  readonly frames: CanvasFrames;
  readonly adaptation: Adaptation;
}

export class StepControl {
  readonly #parts: StepParts;

  constructor(parts: StepParts) {
    this.#parts = parts;
  }

  /** Pauses, runs exactly this number of steps, and resolves when the GPU has finished them. */
  async run(count: number): Promise<void> {
    const release = this.#parts.adaptation.hold();
    try {
      await this.#run(count);
    } finally {
      release();
    }
  }

  /** Goes to the next one of the last steps. After the latest of them, one step is run. */
  async forward(): Promise<void> {
    const { travel } = this.#parts;
    await (travel.isInPast ? this.goTo(travel.present + 1) : this.run(1));
  }

  /** Keeps the last steps from now on, so that {@link goTo} can go back to them. */
  keepPast(): void {
    for (const { time } of this.#parts.models.simulations) time.keepsPast = true;
  }

  /** Pauses and shows one of the last steps again. Any change or step from there discards the later steps. */
  async goTo(step: number): Promise<void> {
    const { editor, settings, travel } = this.#parts;
    editor.changes.assertLive();
    settings.set({ paused: true });
    editor.changes.leaveOff();
    await travel.to(step);
  }

  async #run(count: number): Promise<void> {
    const { clock, settings, models, editor, travel, frames } = this.#parts;
    settings.set({ paused: true });
    travel.arrive();
    // The number of steps must be exact and their result reproducible, so the strategy must not change in between.
    await frames.begun;
    await models.settled();
    const release = frames.hurry();
    try {
      // The GPU gets the next steps before it has finished the last, so that it never waits for the page.
      let running: Promise<void> = Promise.resolve();
      let chunk = 1;
      for (let left = count; left > 0;) {
        editor.changes.assertLive();
        const steps = Math.min(left, chunk);
        const start = clock.now();
        frames.advance(steps);
        const issued = models.first.settled();
        // It is waited for in the next turn. If it fails before that, it is still awaited.
        issued.catch(() => undefined);
        await running;
        running = issued;
        left -= steps;
        const elapsed = clock.now() - start;
        if (elapsed < CHUNK_MILLISECONDS / 2) chunk = Math.min(MOST_STEPS_AT_ONCE, chunk * 2);
        else if (elapsed > CHUNK_MILLISECONDS) chunk = Math.max(1, chunk >> 1);
      }
      await running;
    } finally {
      release();
    }
    editor.changes.assertLive();
  }
}
