/** What the phone's page says, in one language. */
import type { Refusal } from '../../together/hands/hand-messages.ts';

/** A message that covers the map. */
export interface Message {
  readonly title: string;
  readonly text: string;
}

export interface HandTexts {
  readonly title: string;
  readonly ring: string;
  readonly ink: string;
  readonly dry: string;
  readonly map: { readonly label: string; readonly help: string; readonly penDown: string; readonly penUp: string };
  readonly tools: {
    readonly label: string;
    readonly pen: string;
    readonly brush: string;
    readonly eraser: string;
    readonly stamp: string;
    readonly zoomIn: string;
    readonly zoomOut: string;
    readonly whole: string;
  };
  readonly digits: string;
  readonly connecting: Message;
  readonly lost: string;
  readonly frozen: string;
  readonly refused: Readonly<Record<Refusal, Message>>;
  /** The button of a message that can be answered. */
  readonly tryAgain: string;
}
