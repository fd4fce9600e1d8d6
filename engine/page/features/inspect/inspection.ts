/**
 * Inspects one cell and its digit. The cell is chosen by pointer, by touch or as the middle of the view. While the card
 * is open, the cell is read a few times per second and shown.
 */
import { CellProbe } from '../../../automaton/cell-probe.ts';
import { messagesOf } from '../../../automaton/messages.ts';
import type { Simulation } from '../../../automaton/simulation.ts';
import type { Model } from '../../../common/model/weights.ts';
import type { Point } from '../../../view/camera.ts';
import type { Page } from '../../shell/feature.ts';
import { elementById, makeElement } from '../../shell/elements.ts';
import { reportFault } from '../../shell/failures.ts';
import { InspectorCard } from './inspector-card.ts';
import './inspector.css';
import { VoteHistory } from './vote-history.ts';

const READ_EVERY_MILLISECONDS = 250;

/** A press that moved further than this, in CSS pixels, was a drag. */
const STILL_PIXELS = 8;

interface Target {
  /** The cell's column. The next field is its row. */
  readonly x: number;
  readonly y: number;
  /** The index of the simulation, and of its pane. */
  readonly pane: number;
}

interface Probing {
  readonly simulation: Simulation;
  readonly model: Model;
  readonly probe: CellProbe;
}

export class Inspection {
  readonly #page: Page;
  readonly #canvas = elementById('canvas', HTMLCanvasElement);
  readonly #mark = makeElement('div', 'inspector-mark');
  readonly #card: InspectorCard;
  readonly #histories = [new VoteHistory(), new VoteHistory()];
  #isOpen = false;
  /** The cell that was chosen by a press or with a neighbour's button. It stays until another one is chosen. */
  #pinned: Target | null = null;
  #hovered: Target | null = null;
  #pressed: Point | null = null;
  #probing: Probing | null = null;
  #shown = '';
  #spokenTile = '';

  /** @param close called when the card's button is pressed */
  constructor(page: Page, close: () => void) {
    this.#page = page;
    this.#card = new InspectorCard(page, {
      close,
      choose: (x, y) => this.#choose(x, y),
    });
    this.#mark.hidden = true;
    elementById('stage', HTMLElement).append(this.#mark, this.#card.element);
    const { events, editor } = page.playground;
    events.on('measured', (statistics) => this.#histories[0].add(statistics));
    events.on('measuredSecond', (statistics) => this.#histories[1].add(statistics));
    events.on('layout', () => this.#forget());
    events.on('model', () => this.#forget());
    events.on('compared', () => this.#forget());
    events.on('lost', () => {
      this.#probing = null;
    });
    editor.events.on('edited', () => {
      this.#shown = '';
    });
    this.#canvas.addEventListener('pointermove', this.#onMove);
    this.#canvas.addEventListener('pointerdown', this.#onDown);
    this.#canvas.addEventListener('pointerup', this.#onUp);
  }

  /** @param cell the cell to show until the pointer moves, or null for the middle of the view */
  open(cell: Point | null): void {
    this.#isOpen = true;
    this.#hovered = cell && this.#targetAt(cell, 0);
    this.#card.element.hidden = false;
    this.#card.focus();
    this.#placeMark();
    this.#repeat();
  }

  close(): void {
    this.#isOpen = false;
    this.#pinned = null;
    this.#hovered = null;
    this.#shown = '';
    this.#card.element.hidden = true;
    this.#mark.hidden = true;
    this.#probing?.probe.dispose();
    this.#probing = null;
    this.#canvas.focus();
  }

  readonly #onMove = (event: PointerEvent): void => {
    if (!this.#isOpen || event.pointerType === 'touch') return;
    this.#hovered = this.#targetUnder(event);
  };

  readonly #onDown = (event: PointerEvent): void => {
    this.#pressed = { x: event.clientX, y: event.clientY };
  };

  /** A press without a drag chooses the cell. Another press on it releases it. */
  readonly #onUp = (event: PointerEvent): void => {
    const pressed = this.#pressed;
    this.#pressed = null;
    if (!this.#isOpen || !pressed || this.#page.playground.settings.values.tool !== 'inspect') return;
    if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > STILL_PIXELS) return;
    const target = this.#targetUnder(event);
    if (!target) return;
    this.#pinned = this.#pinned && keyOf(this.#pinned) === keyOf(target) ? null : target;
    this.#hovered = target;
  };

  #choose(x: number, y: number): void {
    const pane = this.#target()?.pane ?? 0;
    this.#pinned = this.#targetAt({ x, y }, pane) ?? this.#pinned;
    this.#shown = '';
  }

  #targetUnder(event: PointerEvent): Target | null {
    const { camera } = this.#page.playground;
    const box = this.#canvas.getBoundingClientRect();
    const point = { x: event.clientX - box.left, y: event.clientY - box.top };
    return this.#targetAt(camera.toCells(point), camera.paneAt(point));
  }

  #targetAt(cell: Point, pane: number): Target | null {
    const { simulation } = this.#page.playground;
    const [x, y] = [Math.floor(cell.x), Math.floor(cell.y)];
    return x >= 0 && y >= 0 && x < simulation.canvas.width && y < simulation.canvas.height ? { x, y, pane } : null;
  }

  /** Returns the cell to inspect: the chosen one, or else the one under the pointer, or else the middle of the view. */
  #target(): Target | null {
    return this.#pinned ?? this.#hovered ?? this.#targetAt(this.#page.playground.camera.centre, 0);
  }

  #forget(): void {
    for (const history of this.#histories) history.clear();
    this.#pinned = null;
    this.#hovered = null;
    this.#shown = '';
  }

  /** Keeps the mark over its cell while the camera moves. */
  readonly #placeMark = (): void => {
    if (!this.#isOpen) return;
    const { camera, clock } = this.#page.playground;
    const target = this.#target();
    this.#mark.hidden = target === null;
    if (target) {
      const { x, y } = camera.toScreen(target, target.pane);
      const side = Math.max(6, camera.pixelsPerCell);
      const inset = (camera.pixelsPerCell - side) / 2;
      this.#mark.style.width = `${side}px`;
      this.#mark.style.height = `${side}px`;
      this.#mark.style.transform = `translate(${x + inset}px, ${y + inset}px)`;
    }
    clock.requestFrame(this.#placeMark);
  };

  readonly #repeat = (): void => {
    if (!this.#isOpen) return;
    const { playground } = this.#page;
    void this.#read()
      .catch((error: unknown) => reportFault(this.#page, error, 'inspect'))
      .finally(() => playground.clock.after(READ_EVERY_MILLISECONDS, this.#repeat));
  };

  async #read(): Promise<void> {
    const { playground } = this.#page;
    const target = this.#target();
    if (document.hidden || !playground.live || !target) return;
    const simulation = playground.simulations[target.pane] ?? playground.simulation;
    const history = this.#histories[target.pane];
    const now = `${keyOf(target)} ${simulation.version} ${history.latest?.step} ${playground.settings.values.palette}`;
    if (now === this.#shown) return;
    const probe = await this.#probeFor(simulation);
    const { model } = simulation;
    const { dropout } = simulation.time;
    const around = await probe.read(simulation, target.x, target.y);
    // The card was closed, or the model was replaced, while the GPU was working.
    if (!this.#isOpen || simulation.model !== model) return;
    this.#shown = now;
    const { tile } = simulation.layout;
    const [column, row] = [Math.floor(target.x / tile), Math.floor(target.y / tile)];
    this.#card.show({
      model,
      column,
      row,
      digit: history.latest?.digits.find((one) => one.column === column && one.row === row),
      isMeasured: history.latest !== undefined,
      votes: history.of(column, row),
      around,
      messages: messagesOf(model, around, dropout),
      isPinned: this.#pinned !== null,
    });
    this.#speak(target, `${column} ${row} ${target.pane}`);
  }

  /** Announces the digit to screen readers when it changes. */
  #speak(target: Target, tile: string): void {
    if (tile === this.#spokenTile) return;
    this.#spokenTile = tile;
    this.#page.playground.editor.events.emit('touched', target);
  }

  async #probeFor(simulation: Simulation): Promise<CellProbe> {
    const { model } = simulation;
    if (this.#probing?.simulation === simulation && this.#probing.model === model) return this.#probing.probe;
    this.#probing?.probe.dispose();
    this.#probing = null;
    const probe = await CellProbe.create(simulation.device, model.specification);
    this.#probing = { simulation, model, probe };
    return probe;
  }
}

function keyOf({ x, y, pane }: Target): string {
  return `${x} ${y} ${pane}`;
}
