/**
 * Divides the screen between the canvas and the bar. The show uses the whole screen. As long as a guest is there, the
 * canvas leaves one side to the bar, and no digit is hidden under it. The visible picture stays where it is.
 */
import { elementById } from '../../shell/elements.ts';
import type { Playground } from '../../../session/playground.ts';
import { fitStage } from '../../../session/stage-size.ts';
import type { BarSide, KioskSettings } from './settings.ts';

/** The gap between the bar and the canvas, in CSS pixels. */
const GAP = 6;

/** The most columns or rows of a bar. */
const MOST_LINES = 4;

/** CSS pixels that the canvas leaves free at each side of the screen. */
export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

export type Box = Insets;

const NONE: Insets = { top: 0, right: 0, bottom: 0, left: 0 };

/**
 * Returns what the canvas leaves free for a bar. If the bar lies across the screen, between top and bottom, the canvas
 * is on its larger side.
 * @param bar the edges of the bar, from the screen's top left
 */
export function insetsFor(side: BarSide, bar: Box, screen: { width: number; height: number }): Insets {
  if (side === 'left') return { ...NONE, left: Math.ceil(bar.right + GAP) };
  if (side === 'right') return { ...NONE, right: Math.ceil(screen.width - bar.left + GAP) };
  const above = bar.top;
  const below = screen.height - bar.bottom;
  if (above >= below) return { ...NONE, bottom: Math.ceil(screen.height - bar.top + GAP) };
  return { ...NONE, top: Math.ceil(bar.bottom + GAP) };
}

export class Room {
  readonly #playground: Playground;
  readonly #bar: HTMLElement;
  readonly #side: BarSide;
  readonly #stage = elementById('stage', HTMLElement);
  #isShared = false;
  #insets = NONE;

  constructor(
    playground: Playground,
    bar: HTMLElement,
    { bar: side, barHeight, textScale }: KioskSettings['presentation'],
  ) {
    this.#playground = playground;
    this.#bar = bar;
    this.#side = side;
    const { style } = document.documentElement;
    style.setProperty('--text-scale', String(textScale));
    style.setProperty('--bar-height', String(barHeight ?? { bottom: 0, top: 1, left: 0.5, right: 0.5 }[side]));
    bar.classList.add(side === 'left' || side === 'right' ? 'upright' : 'level', `at-${side}`);
    bar.hidden = true;
    window.addEventListener('resize', () => this.fit());
  }

  /** Shows the bar next to the canvas, or hides it. */
  set isShared(isShared: boolean) {
    if (isShared === this.#isShared) return;
    this.#isShared = isShared;
    this.#bar.hidden = !isShared;
    this.fit();
  }

  /** Divides the screen again, for example when the texts of another language change the size of the bar. */
  fit(): void {
    if (this.#isShared) this.#divideBar();
    const screen = { width: window.innerWidth, height: window.innerHeight };
    const insets = this.#isShared ? insetsFor(this.#side, this.#bar.getBoundingClientRect(), screen) : NONE;
    const before = this.#insets;
    if (before.top === insets.top && before.right === insets.right) {
      if (before.bottom === insets.bottom && before.left === insets.left) return;
    }
    this.#insets = insets;
    const { camera } = this.#playground;
    const { pixelsPerCell } = camera;
    const { top, right, bottom, left } = insets;
    const was = this.#stage.getBoundingClientRect();
    document.documentElement.style.setProperty('--room', `${top}px ${right}px ${bottom}px ${left}px`);
    const is = this.#stage.getBoundingClientRect();
    const centre = camera.toCells({ x: (is.left + is.right) / 2 - was.left, y: (is.top + is.bottom) / 2 - was.top });
    // Do this immediately, because the touch that took over is about to paint.
    fitStage(this.#stage, this.#playground);
    camera.lookAt(centre.x, centre.y, pixelsPerCell);
  }

  /**
   * A vertical bar gets as many columns as it needs to fit; in a horizontal one, the languages may need their own row.
   */
  #divideBar(): void {
    const bar = this.#bar;
    if (bar.classList.contains('level')) {
      bar.classList.remove('stacked');
      const [first, last] = [bar.firstElementChild, bar.lastElementChild].map((part) => part?.getBoundingClientRect());
      const wraps = first !== undefined && last !== undefined && last.top >= first.bottom;
      bar.classList.toggle('stacked', wraps);
      return;
    }
    const free = window.innerHeight * 0.98;
    for (let lines = 1; lines <= MOST_LINES; lines += 1) {
      bar.style.setProperty('--lines', String(lines));
      if (bar.offsetHeight <= free) return;
    }
  }
}
