/** Everything for guests: a place to write, an answer, an explanation, their language, their bar. */
import type { Point } from '../../../view/camera.ts';
import type { Color } from '../../../view/color.ts';
import { makePalette } from '../../../view/palettes.ts';
import { elementById } from '../../shell/elements.ts';
import type { Playground } from '../../../session/playground.ts';
import { knowsOnlyDigits } from '../../../common/model/class-names.ts';
import { AboutPanel } from './about-panel.ts';
import { GuestBar } from './guest-bar.ts';
import type { Language } from './languages.ts';
import type { Overlay } from './overlay.ts';
import { Reader } from './reader.ts';
import { Room } from './room.ts';
import type { KioskSettings } from './settings.ts';
import type { Tile } from './show-stage.ts';
import { GUEST_TEXTS } from './texts/index.ts';
import type { Answer } from './verdict.ts';
import { WritingPlace } from './writing-place.ts';

/** A drawing of this size, in cells, shows that the guest has found the place to write. */
const BEGUN_CELLS = 6;

export interface ReceptionParts {
  readonly playground: Playground;
  readonly overlay: Overlay;
  readonly attempt: (work: () => void | Promise<void>) => void;
  readonly presentation: KioskSettings['presentation'];
  /** Lets a guest teach a sign, or null if that is not offered. */
  readonly teach: ((language: Language) => Promise<void>) | null;
  /** The exhibit's own language. */
  readonly language: Language;
  /** Called when the cells agree on what a guest has drawn. */
  readonly named: () => void;
  /** Called when the answer about some ink changes; null while there is none. */
  readonly answered: (answer: Answer | null) => void;
}

export class Reception {
  readonly #parts: ReceptionParts;
  readonly #bar: GuestBar;
  readonly #about: AboutPanel;
  readonly #room: Room;
  readonly #place: WritingPlace;
  readonly #reader: Reader;
  #language: Language;
  #answer: Answer | null = null;
  /** The cell row in whose height the ink lies that the answer is about, or is to be. */
  #answeredRow = 0;
  /** Whether a guest is invited to write, in the frame. */
  #isInviting = false;
  #hasGuest = false;
  /** Where the touch that took over has left a dot, and nothing else. */
  #dot: Point | null = null;
  #hasDrawn = false;

  constructor(parts: ReceptionParts) {
    this.#parts = parts;
    const { playground, overlay, attempt, presentation, language, teach } = parts;
    this.#language = language;
    this.#place = new WritingPlace(playground);
    this.#bar = new GuestBar({
      playground,
      attempt,
      languages: [...new Set([language, ...presentation.languages])],
      chose: (chosen) => this.#speak(chosen),
      fill: () => this.#fill(),
      teach: teach && (() => teach(this.#language)),
      explain: () => (this.#about.isOpen = !this.#about.isOpen),
    });
    this.#about = new AboutPanel(playground, this.#bar.about);
    overlay.addBeside(this.#bar.element);
    overlay.addOver(this.#about.element);
    this.#room = new Room(playground, this.#bar.element, presentation);
    this.#reader = new Reader({
      playground,
      cleared: () => this.#place.tiles,
      answered: (answer, row) => {
        this.#showAnswer(answer, row);
        parts.answered(answer);
      },
      named: parts.named,
    });
    playground.editor.events.on('stroked', (piece) => {
      if (!this.#hasGuest) return;
      const isBegun = this.#reader.stroke(piece) >= BEGUN_CELLS;
      if (isBegun && this.#isInviting) this.#showFrame(null);
      this.#dot = isBegun || this.#hasDrawn ? null : (this.#dot ?? piece.points[0] ?? null);
      this.#hasDrawn ||= isBegun;
    });
    playground.events.on('layout', () => this.#forget());
    this.#speak(language);
  }

  /** The current language. */
  get language(): Language {
    return this.#language;
  }

  /**
   * Call when a guest takes over.
   * @param at where they have touched the screen, or null for a key
   */
  welcome(at: Point | null): void {
    const { playground } = this.#parts;
    this.#hasGuest = true;
    this.#hasDrawn = false;
    this.#dot = null;
    this.#forget();
    this.#room.isShared = true;
    if (at && playground.live) this.#clearPlace(at);
  }

  /** Call when the guest has left. Everything returns to the exhibit's settings. */
  takeLeave(): void {
    this.#hasGuest = false;
    this.#forget();
    this.#about.isOpen = false;
    this.#room.isShared = false;
    this.#speak(this.#parts.language);
  }

  /** Starts reading the ink in this tile aloud; null stops reading. */
  ask(tile: Tile | null): void {
    this.#reader.ask(tile);
  }

  /** Call when a guest starts to work on the canvas, and no longer needs the explanation. */
  touchedCanvas(): void {
    this.#about.isOpen = false;
    const { simulation, settings, live } = this.#parts.playground;
    if (!this.#dot || !live) return;
    // The touch that only woke the exhibit is not part of the drawing.
    const brush = { radius: settings.values.brushRadius + 1, erase: true };
    simulation.edits.apply({ kind: 'paint', points: [this.#dot], brush });
    this.#dot = null;
    this.#hasDrawn = true;
    this.#reader.forget();
  }

  /** Continues animations and reading; call every frame. */
  update(nowMilliseconds: number): void {
    this.#place.update(nowMilliseconds);
  }

  #clearPlace(at: Point): void {
    const stage = elementById('stage', HTMLElement).getBoundingClientRect();
    this.#showFrame(this.#place.clear({ x: at.x - stage.left, y: at.y - stage.top }));
  }

  /** Puts new digits everywhere except where the next one can be written. */
  async #fill(): Promise<void> {
    const { playground } = this.#parts;
    await playground.editor.fillWithDigits();
    this.#forget();
    if (!this.#hasGuest || !playground.live) return;
    const { width, height } = playground.camera.stage;
    this.#showFrame(this.#place.clear({ x: width / 2, y: height / 2 }));
  }

  /** Invites the guest to write around a cell; null ends this. */
  #showFrame(centre: Point | null): void {
    this.#isInviting = centre !== null;
    this.#parts.overlay.showSquare(centre);
    this.#showAnswer(null, centre?.y ?? this.#answeredRow);
  }

  #forget(): void {
    this.#place.forget();
    this.#reader.forget();
    this.#showFrame(null);
  }

  #speak(language: Language): void {
    const texts = GUEST_TEXTS[language];
    this.#language = language;
    document.documentElement.lang = language;
    document.title = texts.title;
    elementById('title', HTMLElement).textContent = texts.title;
    elementById('canvas', HTMLElement).setAttribute('aria-label', texts.canvas.label);
    elementById('canvas-description', HTMLElement).textContent = texts.canvas.description;
    this.#parts.overlay.speak(texts);
    this.#bar.speak(language);
    this.#room.fit();
    this.#about.speak(texts);
    this.#showAnswer(this.#answer, this.#answeredRow);
  }

  #showAnswer(answer: Answer | null, row: number): void {
    const { overlay, playground } = this.#parts;
    const { classes } = playground.simulation.model.specification;
    const { palette, hueShift } = playground.settings.values;
    this.#answer = answer;
    this.#answeredRow = row;
    const names = (answer?.labels ?? []).map((label) => classes[label]?.name ?? '');
    const colors = makePalette(palette, classes, hueShift).classes;
    const swatches = (answer?.labels ?? []).map((label) => colors[label]).filter((color): color is Color => !!color);
    const { y } = playground.camera.toScreen({ x: 0, y: row });
    const isLow = y > playground.camera.stage.height / 2;
    overlay.showAnswer(this.#wordsFor(answer, names), swatches, { isLow, isAside: !answer || answer.kind === 'none' });
  }

  #wordsFor(answer: Answer | null, [name = '', other = '']: readonly string[]): string {
    const { answers } = GUEST_TEXTS[this.#language];
    const { classes } = this.#parts.playground.simulation.model.specification;
    switch (answer?.kind) {
      case 'agree':
        return answers.agree(name);
      case 'split':
        return answers.split(name, other);
      case 'unknown':
        return knowsOnlyDigits(classes) ? answers.unknownDigit : answers.unknownSign;
      default:
        return this.#isInviting ? GUEST_TEXTS[this.#language].invitation : '';
    }
  }
}
