/**
 * Follows each mouse press, finger and pen on an element from its beginning to its end, even if the browser reports the
 * end late or not at all: a dialog, a debugger or a context menu may consume the release.
 */

/** The bit of `buttons` for each `button` that begins a contact: left or touch, middle, right, a pen's eraser end. */
const HELD_BITS: Readonly<Record<number, number>> = { 0: 1, 1: 4, 2: 2, 5: 32 };
const ERASER_BIT = 32;

/** Fingers and palms are ignored for this long after a pen was seen on or above the element. */
const PEN_IN_USE_MILLISECONDS = 1000;

/** A touch that is ended this early by a pen or by the browser was not a stroke, but a palm or a system gesture. */
const UNMEANT_MILLISECONDS = 1000;

/**
 * How a contact ends. `cancelled`: it was unintentional, see {@link UNMEANT_MILLISECONDS}. `interrupted`: the release
 * was missed, the window lost the focus, or something else intervened.
 */
export type ContactEnd = 'lifted' | 'cancelled' | 'interrupted';

/** @typeParam Contact the data that the owner keeps for each contact */
export interface ContactHandler<Contact> {
  /** Called for a press. Return null to ignore it. */
  began(event: PointerEvent): Contact | null;
  /** @param samples every position since the last call, oldest first; at least one */
  moved(contact: Contact, event: PointerEvent, samples: readonly PointerEvent[]): void;
  ended(contact: Contact, end: ContactEnd): void;
  /** Called when a pointer that is not followed moves over the element. */
  hovering(event: PointerEvent): void;
}

interface Followed<Contact> {
  readonly contact: Contact;
  readonly pointerType: string;
  readonly startMilliseconds: number;
  /** The bits of `buttons` that have to stay set; 0 if the browser did not report any. */
  readonly heldBits: number;
}

export class Contacts<Contact> {
  readonly #element: HTMLElement;
  readonly #handler: ContactHandler<Contact>;
  readonly #followed = new Map<number, Followed<Contact>>();
  #penMilliseconds = -Infinity;

  /** @param signal removes the listeners */
  constructor(element: HTMLElement, handler: ContactHandler<Contact>, signal?: AbortSignal) {
    this.#element = element;
    this.#handler = handler;
    const options = signal ? { signal } : {};
    element.addEventListener('pointerdown', this.#onDown, options);
    element.addEventListener('pointermove', this.#onMove, options);
    element.addEventListener('pointerup', this.#onUp, options);
    element.addEventListener('pointercancel', (event) => this.#cancel(event.pointerId, event), options);
    // This event also follows every regular release, when the contact has already ended.
    element.addEventListener('lostpointercapture', (event) => this.#end(event.pointerId, 'interrupted'), options);
    window.addEventListener('blur', () => this.endAll(), options);
    const onVisibility = (): void => {
      if (document.hidden) this.endAll();
    };
    document.addEventListener('visibilitychange', onVisibility, options);
  }

  /** The contacts in progress, in the order in which they began. */
  *all(): Generator<Contact> {
    for (const { contact } of this.#followed.values()) yield contact;
  }

  /** Ends every contact. Its pointer is followed again after the next press. */
  endAll(): void {
    for (const id of [...this.#followed.keys()]) this.#end(id, 'interrupted');
  }

  readonly #onDown = (event: PointerEvent): void => {
    const { pointerId, pointerType, button, buttons } = event;
    if (!(button in HELD_BITS)) return;
    // If the pointer is still followed, its release was missed.
    this.#end(pointerId, 'interrupted');
    if (pointerType === 'touch') {
      // The first finger is always primary. Others that are still followed have been lifted unnoticed.
      if (event.isPrimary) this.#endTouches();
      if (this.#isPenInUse(event.timeStamp)) return;
    }
    this.#notePen(event);
    if (pointerType === 'pen') {
      // The hand that holds the pen often touches first.
      for (const [id, one] of [...this.#followed]) if (one.pointerType === 'touch') this.#cancel(id, event);
    }
    const contact = this.#handler.began(event);
    if (contact === null) return;
    const heldBits = buttons & HELD_BITS[button] || buttons;
    this.#followed.set(pointerId, { contact, pointerType, startMilliseconds: event.timeStamp, heldBits });
    capture(this.#element, pointerId);
  };

  readonly #onUp = (event: PointerEvent): void => {
    this.#notePen(event);
    this.#end(event.pointerId, 'lifted');
  };

  readonly #onMove = (event: PointerEvent): void => {
    this.#notePen(event);
    const followed = this.#followed.get(event.pointerId);
    if (followed && (event.buttons & followed.heldBits) !== followed.heldBits) {
      // The button was released unnoticed, or while another button is held, which is reported as a move.
      this.#end(event.pointerId, 'interrupted');
    } else if (followed) {
      this.#handler.moved(followed.contact, event, samplesOf(event));
      return;
    }
    this.#handler.hovering(event);
  };

  #notePen({ pointerType, timeStamp }: PointerEvent): void {
    if (pointerType === 'pen') this.#penMilliseconds = timeStamp;
  }

  #isPenInUse(nowMilliseconds: number): boolean {
    for (const { pointerType } of this.#followed.values()) if (pointerType === 'pen') return true;
    return nowMilliseconds - this.#penMilliseconds < PEN_IN_USE_MILLISECONDS;
  }

  #end(pointerId: number, end: ContactEnd): void {
    const followed = this.#followed.get(pointerId);
    if (!followed) return;
    this.#followed.delete(pointerId);
    this.#handler.ended(followed.contact, end);
  }

  #endTouches(): void {
    for (const [id, one] of [...this.#followed]) if (one.pointerType === 'touch') this.#end(id, 'interrupted');
  }

  /** @param event the event that ends the contact: its own, or that of a pen */
  #cancel(pointerId: number, event: PointerEvent): void {
    const followed = this.#followed.get(pointerId);
    if (!followed) return;
    const { pointerType, startMilliseconds } = followed;
    const isUnmeant = pointerType === 'touch' && event.timeStamp - startMilliseconds < UNMEANT_MILLISECONDS;
    this.#end(pointerId, isUnmeant ? 'cancelled' : 'interrupted');
  }
}

/** Whether a pen is touching with its eraser end. */
export function isEraserEnd({ button, buttons }: PointerEvent): boolean {
  return button === 5 || (buttons & ERASER_BIT) !== 0;
}

/**
 * The positions that one event represents. Safari before 18.2 reports only the last one, and so do browsers without a
 * secure context.
 */
function samplesOf(event: PointerEvent): readonly PointerEvent[] {
  const coalesced = event.getCoalescedEvents?.() ?? [];
  return coalesced.length > 0 ? coalesced : [event];
}

/**
 * A pointer that has disappeared in the meantime cannot be captured. Its events then simply end at the element's edge.
 */
function capture(element: Element, pointerId: number): void {
  try {
    element.setPointerCapture(pointerId);
  } catch {
    return;
  }
}
