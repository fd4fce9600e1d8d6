/** The content of the element: the canvas, a frame around the tile that keys change, and texts. */

const STYLE = `
  :host { display: block; position: relative; }
  :host([hidden]), [hidden] { display: none !important; }
  .box { height: 100%; }
  .stage { position: relative; width: 100%; height: 100%; }
  canvas { position: absolute; inset: 0; display: block; width: 100%; height: 100%; }
  canvas:focus-visible { outline: 3px solid #0b57b7; outline-offset: 2px; }
  :host([readonly]) canvas { pointer-events: none; }
  .tile { position: absolute; box-sizing: border-box; border: 2px solid #0b57b7; outline: 1px solid #fff; pointer-events: none; }
  canvas:not(:focus-visible) ~ .tile { display: none; }
  .message { position: absolute; inset: auto 0 0; margin: 0; padding: 0.5em 0.75em; font: 1rem/1.4 system-ui, sans-serif; color: #fff; background: #5c1111; }
  .failed .message { position: static; }
  .unseen { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

let sheet: CSSStyleSheet | null = null;

/** A style sheet made by script is allowed under any content security policy, unlike a style element. */
function sharedSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
  }
  return sheet;
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}

export interface Shadow {
  readonly root: ShadowRoot;
  /** The box around everything. It has the class `failed` while there is no canvas to show. */
  readonly box: HTMLElement;
  readonly stage: HTMLElement;
  /** The frame around the tile that keys change. */
  readonly tile: HTMLElement;
  /** Read out with the canvas's name: what the cells say, and the available keys. */
  readonly reading: HTMLElement;
  readonly keys: HTMLElement;
  /** Read out when it changes. */
  readonly news: HTMLElement;
  /** A visible message. */
  readonly message: HTMLElement;
  /** The slot for the content that the page shows instead of the canvas. */
  readonly fallback: HTMLSlotElement;
}

export function attachShadowTo(element: HTMLElement): Shadow {
  const root = element.attachShadow({ mode: 'open', delegatesFocus: true });
  root.adoptedStyleSheets = [sharedSheet()];
  const box = make('div', { class: 'box' });
  const stage = make('div', { class: 'stage' });
  const tile = make('div', { class: 'tile', hidden: '' });
  const reading = make('p', { class: 'unseen', id: 'reading' });
  const keys = make('p', { class: 'unseen', id: 'keys' });
  const news = make('p', { class: 'unseen', role: 'status' });
  const message = make('p', { class: 'message', part: 'message', role: 'alert', hidden: '' });
  const fallback = make('slot', { hidden: '' });
  stage.append(tile);
  box.append(stage, reading, keys, news, message, fallback);
  root.append(box);
  return { root, box, stage, tile, reading, keys, news, message, fallback };
}

/** Replaces the canvas, whose context is lost permanently, with a new one. */
export function replaceCanvas({ stage }: Shadow): HTMLCanvasElement {
  stage.querySelector('canvas')?.remove();
  const canvas = make('canvas', { part: 'canvas', tabindex: '0', 'aria-describedby': 'reading keys' });
  stage.prepend(canvas);
  return canvas;
}
