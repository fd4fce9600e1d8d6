/** The strip between canvas and bar. It shows how the figures developed over the last steps. */
import type { Page } from '../../shell/feature.ts';
import { TEXTS } from './texts.ts';
import { elementById, makeElement } from '../../shell/elements.ts';
import { CHART_HEIGHT, curveOf, type FigureHistory, FIGURES, spanOf } from './figure-history.ts';
import './figures.css';

const SVG = 'http://www.w3.org/2000/svg';

function makeShape<Tag extends keyof SVGElementTagNameMap>(tag: Tag, className: string): SVGElementTagNameMap[Tag] {
  const shape = document.createElementNS(SVG, tag);
  if (className !== '') shape.setAttribute('class', className);
  return shape;
}

export class FigureStrip {
  readonly #page: Page;
  readonly #texts: (typeof TEXTS)['en'];
  readonly #histories: readonly FigureHistory[];
  readonly #element = elementById('figures', HTMLElement);
  readonly #chart = makeShape('svg', 'figures-chart');
  /** The curves of the first model, then those of the second. */
  readonly #curves = ['', 'second'].map((model) => FIGURES.map((figure) => makeShape('path', `${figure} ${model}`)));
  readonly #readings = FIGURES.map(() => makeElement('output'));
  readonly #middle = makeShape('path', 'middle');
  readonly #present = makeShape('line', 'present');
  readonly #span = makeElement('p', 'figures-span');

  /**
   * @param histories the histories of the first and the second model
   * @param close called when the strip's button is pressed
   */
  constructor(page: Page, histories: readonly FigureHistory[], close: () => void) {
    this.#page = page;
    this.#histories = histories;
    this.#texts = TEXTS[page.language];
    const texts = this.#texts;
    this.#element.setAttribute('aria-label', texts.title);
    const legend = makeElement('ul', 'figures-legend');
    FIGURES.forEach((figure, index) => {
      const line = makeElement('li', figure, `${texts.names[figure]} `);
      line.append(this.#readings[index]);
      legend.append(line);
    });
    this.#chart.setAttribute('preserveAspectRatio', 'none');
    this.#chart.setAttribute('role', 'img');
    this.#chart.append(this.#middle, ...this.#curves.flat(), this.#present);
    const closing = makeElement('button', '', '×');
    closing.type = 'button';
    closing.setAttribute('aria-label', texts.close);
    closing.addEventListener('click', close);
    this.#element.append(legend, this.#chart, this.#span, closing);
  }

  set isOpen(isOpen: boolean) {
    this.#element.hidden = !isOpen;
    this.show();
  }

  /** Draws the curves as far as they are known. */
  show(): void {
    if (this.#element.hidden) return;
    const { playground } = this.#page;
    const texts = this.#texts;
    const { latest, present } = playground.travel;
    const { samples } = this.#histories[0];
    const span = spanOf(samples, latest);
    this.#chart.setAttribute('viewBox', `0 0 ${span} ${CHART_HEIGHT}`);
    this.#middle.setAttribute('d', `M0 ${CHART_HEIGHT / 2}H${span}`);
    this.#span.textContent = texts.span(span);
    this.#histories.forEach((history, model) => {
      FIGURES.forEach((figure, index) => {
        this.#curves[model][index].setAttribute('d', curveOf(history.samples, figure, latest, span));
      });
    });
    const shown = samples.findLast(({ step }) => step <= present);
    FIGURES.forEach((figure, index) => {
      this.#readings[index].value = texts.value(shown?.[figure] ?? null);
    });
    const position = String(span - (latest - present));
    for (const [name, value] of Object.entries({ x1: position, x2: position, y1: '0', y2: String(CHART_HEIGHT) })) {
      this.#present.setAttribute(name, value);
    }
    this.#present.toggleAttribute('hidden', present === latest);
    this.#chart.setAttribute('aria-label', texts.description(shown ?? null, span));
  }
}
