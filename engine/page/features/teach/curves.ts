/** Two small curves of shares over the course of the learning. */

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 200;
const HEIGHT = 60;
const NAMES = ['sign', 'digits'] as const;

export class Curves {
  readonly element = document.createElementNS(SVG, 'svg');
  readonly #lines = NAMES.map((name) => {
    const line = document.createElementNS(SVG, 'polyline');
    line.setAttribute('class', `teach-curve teach-curve-${name}`);
    return line;
  });
  #points: { readonly at: number; readonly shares: readonly number[] }[] = [];
  #reached = 0;

  constructor() {
    this.element.setAttribute('class', 'teach-curves');
    this.element.setAttribute('viewBox', `0 -2 ${WIDTH} ${HEIGHT + 4}`);
    this.element.setAttribute('preserveAspectRatio', 'none');
    this.element.setAttribute('role', 'img');
    this.element.append(...this.#lines);
  }

  clear(label: string): void {
    this.element.setAttribute('aria-label', label);
    this.#points = [];
    this.#reached = 0;
    this.#draw();
  }

  /** @param share of the course that is done, 0…1 */
  reach(share: number): void {
    this.#reached = share;
  }

  /** Adds a point to each curve, 0…1, at the share of the course that is done. */
  add(shares: readonly number[]): void {
    this.#points.push({ at: this.#reached, shares });
    this.#draw();
  }

  #draw(): void {
    this.#lines.forEach((line, index) => {
      const points = this.#points.map(({ at, shares }) => `${at * WIDTH},${(1 - shares[index]) * HEIGHT}`);
      line.setAttribute('points', points.join(' '));
    });
  }
}
