/**
 * The show on a wall. The screen that leads directs it, and its operations go through the room like those of hands, so
 * that every screen shows the same. When visitors draw, the show makes room, and goes on when they have left.
 */
import type { CanvasOperation } from '../../../automaton/canvas-operation.ts';
import { inkOf } from '../../../automaton/canvas-operation.ts';
import { Random } from '../../../common/random/random.ts';
import type { Extent } from '../../../view/camera.ts';
import type { Playground } from '../../../session/playground.ts';
import { encodeOperation } from '../../../session/replay/operation-codec.ts';
import { MOST_OPERATIONS } from '../../../together/limits.ts';
import type { Entry, LoggedOperation } from '../../../together/messages.ts';
import { Director } from '../kiosk/director.ts';
import { wallTime } from '../kiosk/hours.ts';
import type { KioskSettings } from '../kiosk/settings.ts';
import { type Aim, PlaygroundStage } from '../kiosk/show-stage.ts';
import type { WallConnection } from './connection.ts';
import type { Sender } from './sender.ts';
import { type View, wholeView } from './wall-view.ts';

/** Screens are told at most this often what the show is at. */
const TELL_MILLISECONDS = 100;

/** The time in which the window covers two thirds of the way to where the show wants it. */
const EASE_MILLISECONDS = 1300;

/** The last bit of a movement, as a share of the canvas. */
const LEAST_MOVEMENT = 1e-3;

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
  readonly #playground: Playground;
  #scene: number | null = null;
  /** Where the show wants the window; null for the whole canvas. */
  #aim: Aim | null = null;
  #view: View;
  #toldMilliseconds = -Infinity;

  constructor(playground: Playground, connection: WallConnection, sender: Sender, settings: KioskSettings) {
    this.#playground = playground;
    this.#view = wholeView(playground.camera.canvas);
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
      scenes: settings.scenes,
      quietHours: settings.quietHours,
      renewSeconds: settings.renewSeconds,
      random: random.split(2),
      wallTime: () => wallTime(new Date(), settings.timeZone),
      began: (scene) => {
        const index = settings.scenes.indexOf(scene);
        this.#scene = index < 0 ? null : index;
      },
      look: (aim) => {
        this.#aim = aim;
      },
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
      this.#scene = null;
      this.#aim = null;
      if (plays) this.#director.start({ cleanUp: this.#hasDrawn });
      else this.#director.stop();
      this.#hasDrawn = false;
    }
    if (plays && this.#sender.waiting <= MOST_WAITING) {
      this.#director.update(now);
      this.#send();
    }
    this.#tell(now);
  }

  /** The leader moves the window on, and tells all screens. */
  #tell(now: number): void {
    const elapsed = now - this.#toldMilliseconds;
    if (elapsed < TELL_MILLISECONDS) return;
    this.#toldMilliseconds = now;
    const told = this.#connection.latest.show;
    if (!this.#leads) {
      // Whoever leads next goes on from here.
      if (told) this.#view = told.view;
      return;
    }
    const { canvas } = this.#playground.camera;
    const before = told?.view ?? wholeView(canvas);
    this.#view = eased(this.#view, this.#wanted, 1 - Math.exp(-elapsed / EASE_MILLISECONDS), canvas);
    if ((told?.scene ?? null) === this.#scene && isSame(before, this.#view)) return;
    this.#connection.send('show', { scene: this.#scene, view: this.#view });
  }

  /** The view at which the window should be, as far as the canvas reaches. */
  get #wanted(): View {
    const { canvas } = this.#playground.camera;
    if (!this.#aim) return wholeView(canvas);
    const { tile } = this.#playground.simulation.layout;
    const zoom = Math.max(1, canvas.height / (this.#aim.tiles * tile));
    const inside = (at: number, size: number): number =>
      Math.min(size - size / (2 * zoom), Math.max(size / (2 * zoom), at));
    return { x: inside(this.#aim.x, canvas.width), y: inside(this.#aim.y, canvas.height), zoom };
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

/** Part of the way to another view, and the whole way at its end. */
function eased(from: View, to: View, share: number, { width, height }: Extent): View {
  const isNear =
    Math.abs(to.x - from.x) < LEAST_MOVEMENT * width &&
    Math.abs(to.y - from.y) < LEAST_MOVEMENT * height &&
    Math.abs(Math.log(to.zoom / from.zoom)) < LEAST_MOVEMENT;
  if (isNear) return to;
  const zoom = Math.max(1, from.zoom * (to.zoom / from.zoom) ** share);
  return { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y), zoom };
}

function isSame(one: View, other: View): boolean {
  return one.x === other.x && one.y === other.y && one.zoom === other.zoom;
}
