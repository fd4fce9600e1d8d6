/** The properties of the element that reflect its attributes, in both directions. */
import type { PaletteName, Tool, View } from '../index.ts';
import { DEFAULT_LAYOUT, DEFAULT_MODEL, DEFAULT_SEED, defaultOf, numberOf } from './attributes.ts';

export abstract class ReflectedElement extends HTMLElement {
  /** The name of a shipped model, or the address of a model's file. */
  get model(): string {
    return this.getAttribute('model') ?? DEFAULT_MODEL;
  }
  set model(value: string) {
    this.setAttribute('model', value);
  }

  /** The number of tiles from left to right. */
  get columns(): number {
    return numberOf(this, 'columns', DEFAULT_LAYOUT.columns);
  }
  set columns(value: number) {
    this.setAttribute('columns', String(value));
  }

  /** The number of tiles from top to bottom. */
  get rows(): number {
    return numberOf(this, 'rows', DEFAULT_LAYOUT.rows);
  }
  set rows(value: number) {
    this.setAttribute('rows', String(value));
  }

  /** The number of cells from one tile to the next. */
  get tile(): number {
    return numberOf(this, 'tile', DEFAULT_LAYOUT.tile);
  }
  set tile(value: number) {
    this.setAttribute('tile', String(value));
  }

  /** An unsigned 32-bit integer. */
  get seed(): number {
    return numberOf(this, 'seed', DEFAULT_SEED);
  }
  set seed(value: number) {
    this.setAttribute('seed', String(value));
  }

  get palette(): PaletteName {
    return (this.getAttribute('palette') ?? defaultOf('palette')) as PaletteName;
  }
  set palette(value: PaletteName) {
    this.setAttribute('palette', value);
  }

  get view(): View {
    return (this.getAttribute('view') ?? defaultOf('view')) as View;
  }
  set view(value: View) {
    this.setAttribute('view', value);
  }

  /** The target number of steps per second. */
  get stepsPerSecond(): number {
    return numberOf(this, 'steps-per-second', defaultOf('stepsPerSecond'));
  }
  set stepsPerSecond(value: number) {
    this.setAttribute('steps-per-second', String(value));
  }

  /** Whether time is paused. */
  get paused(): boolean {
    return this.hasAttribute('paused');
  }
  set paused(value: boolean) {
    this.toggleAttribute('paused', value);
  }

  /** The share of cells that skip a step; null for the value that the model was trained with. */
  get dropout(): number | null {
    return this.hasAttribute('dropout') ? numberOf(this, 'dropout', 0) : null;
  }
  set dropout(value: number | null) {
    if (value === null) this.removeAttribute('dropout');
    else this.setAttribute('dropout', String(value));
  }

  /** What a press on the canvas does. */
  get tool(): Tool {
    return (this.getAttribute('tool') ?? defaultOf('tool')) as Tool;
  }
  set tool(value: Tool) {
    this.setAttribute('tool', value);
  }

  /** The radius of the brush, in cells. */
  get brushRadius(): number {
    return numberOf(this, 'brush-radius', defaultOf('brushRadius'));
  }
  set brushRadius(value: number) {
    this.setAttribute('brush-radius', String(value));
  }

  /** Whether lines are drawn between the tiles. */
  get grid(): boolean {
    return this.hasAttribute('grid');
  }
  set grid(value: boolean) {
    this.toggleAttribute('grid', value);
  }

  /** Whether a new canvas starts without digits. */
  get empty(): boolean {
    return this.hasAttribute('empty');
  }
  set empty(value: boolean) {
    this.toggleAttribute('empty', value);
  }

  /** Whether the element is transparent where there is no ink. */
  get transparent(): boolean {
    return this.hasAttribute('transparent');
  }
  set transparent(value: boolean) {
    this.toggleAttribute('transparent', value);
  }

  /** Whether pointer and keys cannot change the ink. */
  get readOnly(): boolean {
    return this.hasAttribute('readonly');
  }
  set readOnly(value: boolean) {
    this.toggleAttribute('readonly', value);
  }

  /** The name that screen readers announce. */
  get label(): string {
    return this.getAttribute('label') ?? 'Handwritten digits that classify themselves';
  }
  set label(value: string) {
    this.setAttribute('label', value);
  }
}
