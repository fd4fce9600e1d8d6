/**
 * The show on a wall. The screen that leads directs it, and its operations go through the room like those of hands, so
 * that every screen shows the same. When visitors draw, the show makes room, and goes on when they have left.
 */
import type { CanvasOperation } from '../../../automaton/canvas-operation.ts';
import { inkOf } from '../../../automaton/canvas-operation.ts';
import { Random } from '../../../common/random/random.ts';
import type { Playground } from '../../../session/playground.ts';
import { encodeOperation } from '../../../session/replay/operation-codec.ts';
import { MOST_OPERATIONS } from '../../../together/limits.ts';
import type { Entry, LoggedOperation } from '../../../together/messages.ts';
import { Director } from '../kiosk/director.ts';
import { wallTime } from '../kiosk/hours.ts';
import type { KioskSettings } from '../kiosk/settings.ts';
import { PlaygroundStage } from '../kiosk/show-stage.ts';
import type { WallConnection } from './connection.ts';
import type { Sender } from './sender.ts';

/** What has not been acknowledged for so long is too much: the show waits until it is. */
const MOST_WAITING = 20;

export class WallShow {
  readonly #connection: WallConnection;
  readonly #sender: Sender;
  readonly #director: Director;
  readonly #idleMilliseconds: number;
  #operations: LoggedOperation[] = [];
  #isPlaying = false;
  /** When a visitor has drawn last. */
  #drawn = -Infinity;
  #hasDrawn = false;

  constructor(playground: Playground, connection: WallConnection, sender: Sender, settings: KioskSettings) {
    this.#connection = connection;
    this.#sender = sender;
    this.#idleMilliseconds = settings.idleSeconds * 1000;
    // The leader may change, and no two of them should draw the same.
    const random = new Random((settings.seed + Math.floor(performance.timeOrigin)) >>> 0).split(2);
    const signs = {
      pointAt: (at: { readonly x: number; readonly y: number } | null): void => {
        if (this.#leads) connection.send('cursor', { at: at && { x: at.x, y: at.y } });
      },
      ask: (): void => undefined,
    };
    this.#director = new Director({
      stage: new PlaygroundStage(playground, random.split(1), signs, (operation) => this.#change(operation)),
      // A zoom would tear the picture apart at the borders of the screens.
      scenes: settings.scenes.filter(({ kind }) => kind !== 'zoom'),
      quietHours: settings.quietHours,
      renewSeconds: settings.renewSeconds,
      random: random.split(2),
      wallTime: () => wallTime(new Date(), settings.timeZone),
      began: () => undefined,
      look: () => undefined,
    });
  }

  get #leads(): boolean {
    return this.#connection.isOpen && (this.#connection.latest.lead?.leads ?? false);
  }

  get #isStopped(): boolean {
    const { frozen, welcome } = this.#connection.latest;
    const latest = frozen ?? welcome;
    return latest === undefined || latest.isFrozen || latest.isClosed;
  }

  /** An entry has changed the canvas. */
  applied({ by }: Entry, now: number): void {
    if (by !== 'hand') return;
    this.#drawn = now;
    this.#hasDrawn = true;
  }

  /** Goes on; call every frame. */
  update(now: number): void {
    const isIdle = now - this.#drawn > this.#idleMilliseconds;
    const plays = this.#leads && !this.#isStopped && isIdle;
    if (plays !== this.#isPlaying) {
      this.#isPlaying = plays;
      if (plays) this.#director.start({ cleanUp: this.#hasDrawn });
      else this.#director.stop();
      this.#hasDrawn = false;
    }
    if (!plays || this.#sender.waiting > MOST_WAITING) return;
    this.#director.update(now);
    this.#send();
  }

  #change(operation: CanvasOperation): void {
    const ink = inkOf(operation);
    this.#operations.push({ event: encodeOperation(0, operation), ...(ink ? { ink } : {}) });
  }

  #send(): void {
    for (let start = 0; start < this.#operations.length; start += MOST_OPERATIONS) {
      this.#sender.operate(this.#operations.slice(start, start + MOST_OPERATIONS));
    }
    this.#operations = [];
  }
}
