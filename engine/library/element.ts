/** Importing this module defines the element `<digit-canvas>`. */
import { DigitCanvasElement } from './element/digit-canvas-element.ts';

export { DigitCanvasElement, type DigitCanvasEvents } from './element/digit-canvas-element.ts';
export type { Vote } from './element/reading.ts';

declare global {
  interface HTMLElementTagNameMap {
    'digit-canvas': DigitCanvasElement;
  }
}

// A page may load this module twice.
if (!customElements.get('digit-canvas')) customElements.define('digit-canvas', DigitCanvasElement);
