/**
 * The bar over each of the two panes. It shows the pane's model and how well its cells do, and lets the user choose
 * another model.
 */
import type { Statistics } from '../../../automaton/types.ts';
import { decodeModelFile } from '../../../common/model/file.ts';
import type { Model } from '../../../common/model/weights.ts';
import type { Simulation } from '../../../automaton/simulation.ts';
import type { Page } from '../../shell/feature.ts';
import { TEXTS } from './texts.ts';
import { elementById, makeElement } from '../../shell/elements.ts';
import { reportRefusal } from '../../shell/failures.ts';
import { MOST_MODEL_BYTES } from '../../shell/models.ts';
import './compare.css';

/** The value of the option that opens the file chooser. */
const FROM_FILE = '';

interface Bar {
  readonly element: HTMLElement;
  readonly choice: HTMLSelectElement;
  readonly figures: HTMLElement;
}

export class PaneBars {
  readonly #page: Page;
  readonly #texts: (typeof TEXTS)['en'];
  readonly #bars: readonly [Bar, Bar];
  readonly #divider = makeElement('div', 'pane-divider');
  readonly #file = makeElement('input');
  readonly #stage = elementById('stage', HTMLElement);
  /** The pane that the file chooser was opened for. */
  #filePane = 1;

  constructor(page: Page) {
    this.#page = page;
    this.#texts = TEXTS[page.language];
    this.#bars = [this.#makeBar(0), this.#makeBar(1)];
    this.#file.type = 'file';
    this.#file.accept = '.ktx2';
    this.#file.hidden = true;
    this.#file.addEventListener('change', () => this.#takeChosen());
    this.#divider.hidden = true;
    this.#stage.append(this.#divider, ...this.#bars.map(({ element }) => element), this.#file);
    const { events } = page.playground;
    events.on('measured', (statistics) => this.#showFigures(0, statistics));
    events.on('measuredSecond', (statistics) => this.#showFigures(1, statistics));
    events.on('compared', () => this.#show());
    events.on('model', () => this.#show());
    new ResizeObserver(() => this.#show()).observe(this.#stage);
    document.addEventListener('drop', this.#onDrop, { capture: true });
  }

  #show(): void {
    const { camera, simulations } = this.#page.playground;
    const isOn = camera.panes > 1;
    this.#divider.hidden = !isOn;
    this.#bars.forEach(({ element }, pane) => {
      element.hidden = !isOn;
      element.style.left = `${camera.paneX(pane)}px`;
      element.style.top = `${camera.paneY(pane)}px`;
      element.style.width = `${camera.stage.width}px`;
      const simulation = simulations[pane] as Simulation | undefined;
      if (simulation) this.#showModel(pane, simulation.model);
    });
    const isBeside = camera.paneX(1) > 0;
    this.#divider.style.left = `${isBeside ? camera.stage.width : 0}px`;
    this.#divider.style.top = `${isBeside ? 0 : camera.stage.height}px`;
    this.#divider.style.width = isBeside ? '' : '100%';
    this.#divider.style.height = isBeside ? '100%' : '';
  }

  /** A model from a file has its own option for as long as it is shown. */
  #showModel(pane: number, { specification: { name } }: Model): void {
    const { library } = this.#page;
    const { choice } = this.#bars[pane];
    for (const option of [...choice.options]) if (option.dataset['file'] !== undefined) option.remove();
    const listed = [...choice.options].map(({ value }) => value);
    for (const one of library.choices) if (!listed.includes(one.name)) choice.add(new Option(one.title, one.name));
    if (!library.choices.some((one) => one.name === name)) {
      const option = new Option(name, name);
      option.dataset['file'] = name;
      choice.add(option, 0);
    }
    choice.value = name;
  }

  #showFigures(pane: number, { agreement, majorityAccuracy }: Statistics): void {
    const line = this.#texts.figures(agreement, majorityAccuracy);
    const { figures } = this.#bars[pane];
    if (figures.textContent !== line) figures.textContent = line;
  }

  #makeBar(pane: number): Bar {
    const { library, attempt, playground } = this.#page;
    const texts = this.#texts;
    const element = makeElement('div', 'pane-bar');
    element.hidden = true;
    const choice = makeElement('select');
    choice.id = `pane-model-${pane + 1}`;
    choice.setAttribute('aria-label', texts.model(pane + 1));
    for (const { name, title } of library.entries) choice.add(new Option(title, name));
    choice.add(new Option(texts.fromFile, FROM_FILE));
    choice.addEventListener('change', () => {
      if (choice.value === FROM_FILE) this.#askForFile(pane);
      else attempt(async () => this.#use(pane, await library.load(choice.value)));
    });
    const figures = makeElement('span', 'pane-figures');
    element.append(choice, figures);
    if (pane === 1) {
      const leave = makeElement('button', '', '✕');
      leave.type = 'button';
      leave.id = 'leave-compare';
      leave.setAttribute('aria-label', texts.leave);
      leave.title = texts.leave;
      leave.addEventListener('click', () => {
        attempt(async () => playground.models.compareWith(null));
        elementById('canvas', HTMLCanvasElement).focus();
      });
      element.append(leave);
    }
    return { element, choice, figures };
  }

  async #use(pane: number, model: Model): Promise<void> {
    const { playground } = this.#page;
    try {
      await (pane === 0 ? playground.models.use(model) : playground.models.compareWith(model));
    } finally {
      this.#show();
    }
  }

  #askForFile(pane: number): void {
    this.#filePane = pane;
    // The model does not change until a file is chosen.
    this.#show();
    this.#file.value = '';
    this.#file.click();
  }

  #takeChosen(): void {
    const file = this.#file.files?.[0];
    if (file) this.#takeFile(this.#filePane, file);
  }

  #takeFile(pane: number, file: File): void {
    const texts = this.#texts;
    const take = async (): Promise<void> => {
      if (file.size > MOST_MODEL_BYTES) throw new Error(texts.fileTooLarge);
      await this.#use(pane, decodeModelFile(new Uint8Array(await file.arrayBuffer())));
    };
    take().catch((error: unknown) => {
      const name = file.name.slice(0, 60);
      reportRefusal(this.#page, error, (reason) => texts.refused(name, reason));
    });
  }

  /** A model dropped on a pane runs there. All other files are left to the features that recognize them. */
  readonly #onDrop = (event: DragEvent): void => {
    const { camera } = this.#page.playground;
    const [file, ...others] = event.dataTransfer?.files ?? [];
    if (camera.panes === 1 || (file as File | undefined) === undefined || others.length > 0) return;
    if (!file.name.toLowerCase().endsWith('.ktx2')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    document.body.classList.remove('dropping');
    const box = this.#stage.getBoundingClientRect();
    this.#takeFile(camera.paneAt({ x: event.clientX - box.left, y: event.clientY - box.top }), file);
  };
}
