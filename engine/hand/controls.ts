/** The buttons below or beside the map. */
import { elementById, makeElement } from '../page/shell/elements.ts';
import type { HandTexts } from './texts/index.ts';
import type { Tool } from './pen.ts';

export interface ControlActions {
  readonly chose: (tool: Tool, digit: number) => void;
  readonly zoom: (factor: number) => void;
  readonly showAll: () => void;
}

const ZOOM = 1.6;

const ICONS: Readonly<Record<keyof Omit<HandTexts['tools'], 'label'>, string>> = {
  pen: 'M3 21l1.200-5L15.600 4.600a2 2 0 0 1 2.800 0l1 1a2 2 0 0 1 0 2.800L8 19.800z',
  brush:
    'M20.700 3.300a1 1 0 0 0-1.400 0L9 13l2 2L20.700 4.700a1 1 0 0 0 0-1.400zM8 14c-2 0-3 1.500-3 3.200 0 1.300-.9 2-2 2.300 1 1 2.500 1.500 4 1.500 2.200 0 4-1.500 4-4z',
  eraser:
    'M15.500 3.500a2 2 0 0 1 2.800 0l2.700 2.700a2 2 0 0 1 0 2.800L12.500 17.500 6.500 11.500zM5.500 12.600l6 6L9.800 20.300H6.700L3.400 17a2 2 0 0 1 0-2.800zM12 20.300h9v1.500h-9z',
  stamp: 'M9 3h6v2.500c0 2-1.500 3-1.500 5V12H19v5H5v-5h5.500v-1.500c0-2-1.500-3-1.500-5zM5 19h14v2H5z',
  zoomIn: 'M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z',
  zoomOut: 'M5 11h14v2H5z',
  whole: 'M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z',
};

const TOOLS = ['pen', 'brush', 'eraser', 'stamp'] as const satisfies readonly Tool[];

export class Controls {
  readonly #actions: ControlActions;
  readonly #tools = new Map<Tool, HTMLButtonElement>();
  readonly #digits: HTMLButtonElement[];
  readonly #digitGroup = elementById('digits', HTMLElement);
  #tool: Tool = 'pen';
  #digit = 0;

  constructor(texts: HandTexts, actions: ControlActions) {
    this.#actions = actions;
    const bar = elementById('tools', HTMLElement);
    bar.setAttribute('aria-label', texts.tools.label);
    for (const tool of TOOLS) {
      const button = iconButton(tool, texts.tools[tool], () => this.#choose(tool, this.#digit));
      this.#tools.set(tool, button);
      bar.append(button);
    }
    const zoom = elementById('zoom', HTMLElement);
    zoom.setAttribute('aria-label', texts.map.label);
    zoom.append(
      iconButton('zoomIn', texts.tools.zoomIn, () => actions.zoom(ZOOM)),
      iconButton('zoomOut', texts.tools.zoomOut, () => actions.zoom(1 / ZOOM)),
      iconButton('whole', texts.tools.whole, actions.showAll),
    );
    this.#digitGroup.setAttribute('aria-label', texts.digits);
    this.#digits = Array.from({ length: 10 }, (_, digit) => {
      const button = makeElement('button', '', String(digit));
      button.type = 'button';
      button.addEventListener('click', () => this.#choose('stamp', digit));
      return button;
    });
    this.#digitGroup.append(...this.#digits);
    this.#choose('pen', 0);
  }

  #choose(tool: Tool, digit: number): void {
    this.#tool = tool;
    this.#digit = digit;
    for (const [each, button] of this.#tools) button.setAttribute('aria-pressed', String(each === tool));
    this.#digits.forEach((button, index) => button.setAttribute('aria-pressed', String(index === digit)));
    this.#digitGroup.hidden = tool !== 'stamp';
    this.#actions.chose(this.#tool, this.#digit);
  }
}

const SVG = 'http://www.w3.org/2000/svg';

function iconButton(name: keyof typeof ICONS, label: string, pressed: () => void): HTMLButtonElement {
  const button = makeElement('button');
  button.type = 'button';
  button.dataset['tool'] = name;
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('class', 'icon');
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  icon.append(path);
  button.append(icon, makeElement('span', 'label', label));
  button.addEventListener('click', pressed);
  return button;
}
