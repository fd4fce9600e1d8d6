/**
 * The page that a visitor's phone opens from the code on the screen: a map of the canvas, a few tools, and nothing of the
 * engine, so that it is there at once.
 */
import { elementById } from '../page/shell/elements.ts';
import type { Refusal, Welcome } from '../together/hands/hand-messages.ts';
import { ringOf } from '../together/hands/ring.ts';
import { Connection } from './connection.ts';
import { Controls } from './controls.ts';
import { MapView } from './map-view.ts';
import { Pen, type Tool } from './pen.ts';
import { type HandTexts, loadHandTexts, type Message } from './texts/index.ts';

/** At the start, the map shows about this many cells across: a digit is then as wide as a finger can write. */
const FIRST_CELLS = 96;
/** The refusals that a visitor can answer with a button. */
const ANSWERABLE: readonly Refusal[] = ['replaced', 'fault', 'fast'];
const LOOK_MILLISECONDS = 150;
/** What a message hides, besides the map. */
const COVERED = ['who', 'bar', 'zoom'];

class HandPage {
  readonly #texts: HandTexts;
  readonly #connection: Connection;
  readonly #element = elementById('map', HTMLCanvasElement);
  readonly #live = elementById('live', HTMLElement);
  readonly #button = elementById('message-button', HTMLButtonElement);
  #map: MapView | null = null;
  #pen: Pen | null = null;
  #welcome: Welcome | null = null;
  #colors: readonly string[] | null = null;
  #tool: Tool = 'pen';
  #digit = 0;
  #isFrozen = false;
  #lookTimer = 0;

  constructor(texts: HandTexts, connection: Connection) {
    this.#texts = texts;
    this.#connection = connection;
    this.#label();
    new Controls(texts, {
      chose: (tool, digit) => this.#choose(tool, digit),
      zoom: (factor) => this.#zoom(factor),
      showAll: () => this.#showAll(),
    });
    this.#button.addEventListener('click', () => {
      this.#show(texts.connecting);
      connection.open();
    });
    connection.events.on('welcome', (welcome) => this.#welcomed(welcome));
    connection.events.on('connected', () => this.#tellState());
    connection.events.on('refused', (why) => this.#show(texts.refused[why], ANSWERABLE.includes(why)));
    connection.events.on('frozen', (isFrozen) => {
      this.#isFrozen = isFrozen;
      this.#tellState();
    });
    connection.events.on('colors', (colors) => {
      this.#colors = colors;
      if (this.#map) this.#map.colors = colors;
    });
    connection.events.on('map', (packet) => this.#map?.take(packet));
    window.setInterval(() => this.#tellInk(), 200);
  }

  start(): void {
    this.#show(this.#texts.connecting);
    this.#connection.open();
  }

  #label(): void {
    const texts = this.#texts;
    document.title = texts.title;
    elementById('title', HTMLElement).textContent = texts.title;
    elementById('ring-text', HTMLElement).textContent = texts.ring;
    elementById('ink', HTMLElement).setAttribute('aria-label', texts.ink);
    elementById('map-help', HTMLElement).textContent = texts.map.help;
    this.#element.setAttribute('aria-label', texts.map.label);
    this.#button.textContent = texts.tryAgain;
  }

  #welcomed(welcome: Welcome): void {
    const { color, line } = ringOf(welcome.member);
    document.documentElement.style.setProperty('--ring-color', color);
    document.documentElement.style.setProperty('--ring-line', line);
    this.#hide();
    const before = this.#welcome;
    this.#welcome = welcome;
    if (JSON.stringify(before?.canvas) !== JSON.stringify(welcome.canvas)) this.#begin(welcome);
    this.#look();
  }

  /** Makes a new map for a new canvas. */
  #begin(welcome: Welcome): void {
    this.#pen?.dispose();
    const map = new MapView(this.#element, welcome.canvas);
    if (this.#colors) map.colors = this.#colors;
    const { stage, canvas } = map.camera;
    map.camera.lookAt(canvas.width / 2, canvas.height / 2, Math.min(stage.width, stage.height) / FIRST_CELLS);
    this.#map = map;
    this.#pen = new Pen({
      element: this.#element,
      map,
      ink: welcome.ink,
      mayDraw: () => !this.#isFrozen && this.#connection.hasRoom,
      send: (deed) => this.#connection.send(deed),
      moved: () => this.#look(),
      toggled: (isDown) => {
        this.#live.textContent = isDown ? this.#texts.map.penDown : this.#texts.map.penUp;
      },
    });
    this.#choose(this.#tool, this.#digit);
  }

  #choose(tool: Tool, digit: number): void {
    this.#tool = tool;
    this.#digit = digit;
    if (!this.#pen) return;
    this.#pen.tool = tool;
    this.#pen.digit = digit;
  }

  #zoom(factor: number): void {
    const camera = this.#map?.camera;
    camera?.zoom(factor, { x: camera.stage.width / 2, y: camera.stage.height / 2 });
    this.#map?.redraw();
    this.#look();
  }

  #showAll(): void {
    this.#map?.camera.fit();
    this.#map?.redraw();
    this.#look();
  }

  /** Tells the server what is shown, once the map has come to rest. */
  #look(): void {
    window.clearTimeout(this.#lookTimer);
    this.#lookTimer = window.setTimeout(() => {
      if (this.#map) this.#connection.look(this.#map.view);
    }, LOOK_MILLISECONDS);
  }

  #tellState(): void {
    const { lost, frozen } = this.#texts;
    const words = !this.#connection.isConnected ? lost : this.#isFrozen ? frozen : '';
    const banner = elementById('banner', HTMLElement);
    if (banner.textContent !== words) banner.textContent = words;
  }

  #tellInk(): void {
    const share = this.#pen?.inkShare ?? 1;
    const meter = elementById('ink', HTMLElement);
    elementById('ink-level', HTMLElement).style.transform = `scaleX(${share.toFixed(3)})`;
    meter.setAttribute('aria-valuenow', String(Math.round(share * 100)));
    const isDry = share < 0.02;
    if (isDry && meter.dataset['dry'] !== 'yes') this.#live.textContent = this.#texts.dry;
    meter.dataset['dry'] = isDry ? 'yes' : 'no';
  }

  /** Covers the map with a message. */
  #show({ title, text }: Message, isAnswerable = false): void {
    elementById('message-title', HTMLElement).textContent = title;
    elementById('message-text', HTMLElement).textContent = text;
    this.#button.hidden = !isAnswerable;
    elementById('message', HTMLElement).hidden = false;
    for (const id of COVERED) elementById(id, HTMLElement).hidden = true;
    this.#element.hidden = true;
  }

  #hide(): void {
    elementById('message', HTMLElement).hidden = true;
    for (const id of COVERED) elementById(id, HTMLElement).hidden = false;
    this.#element.hidden = false;
  }
}

const token = location.hash.slice(1);
// The code is for whoever stands in front of the screen: it is not to be passed on with the address.
history.replaceState(null, '', location.pathname + location.search);
const { language, texts } = await loadHandTexts(navigator.languages);
document.documentElement.lang = language;
new HandPage(texts, new Connection(token)).start();
