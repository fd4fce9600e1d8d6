/** The element `<digit-canvas>`: importing this module defines it. */
import { DigitCanvasElement } from './element/digit-canvas-element.ts';

export { DigitCanvasElement, type DigitCanvasEvents } from './element/digit-canvas-element.ts';
export type { Vote } from './element/reading.ts';

declare global {
  interface HTMLElementTagNameMap {
    'digit-canvas': DigitCanvasElement;
  }
}

// A page may load it twice.
if (!customElements.get('digit-canvas')) customElements.define('digit-canvas', DigitCanvasElement);
