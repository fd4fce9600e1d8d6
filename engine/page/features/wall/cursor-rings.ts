/** The rings on a screen that show where the hands point, each with its own colour and line. */
import type { Camera } from '../../../view/camera.ts';
import { ringOf } from '../../../together/hands/ring.ts';
import type { FromServer } from '../../../together/messages.ts';
import { elementById, makeElement } from '../../shell/elements.ts';
import type { WallConnection } from './connection.ts';

type Cursor = FromServer['cursors'][number];

interface Ring {
  readonly element: HTMLElement;
  at: NonNullable<Cursor['at']>;
}

export class CursorRings {
  readonly #camera: Camera;
  readonly #rings = new Map<number, Ring>();

  constructor({ events }: WallConnection, camera: Camera) {
    this.#camera = camera;
    events.on('cursors', (cursors) => {
      for (const cursor of cursors) this.#take(cursor);
    });
    events.on('closed', () => {
      for (const member of [...this.#rings.keys()]) this.#remove(member);
    });
  }

  /** Moves the rings to where they belong on the screen. */
  place(): void {
    for (const { element, at } of this.#rings.values()) {
      const { x, y } = this.#camera.toScreen(at);
      element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    }
  }

  #take({ member, at }: Cursor): void {
    if (!at) {
      this.#remove(member);
      return;
    }
    const ring = this.#rings.get(member);
    if (ring) {
      ring.at = at;
      return;
    }
    const element = makeElement('div', 'wall-ring');
    const { color, line } = ringOf(member);
    element.style.setProperty('--ring-color', color);
    element.style.setProperty('--ring-line', line);
    elementById('stage', HTMLElement).append(element);
    this.#rings.set(member, { element, at });
  }

  #remove(member: number): void {
    this.#rings.get(member)?.element.remove();
    this.#rings.delete(member);
  }
}
