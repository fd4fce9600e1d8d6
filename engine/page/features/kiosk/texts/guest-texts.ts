/** What an exhibit says to its guests, in one language. */
import type { SceneKind } from '../scene-settings.ts';

export interface GuestTexts {
  /** What the language calls itself. */
  readonly name: string;
  /** Of the page. */
  readonly title: string;
  /** Said of the canvas to those who do not see it. */
  readonly canvas: { readonly label: string; readonly description: string };
  /** What each kind of scene shows, where its settings have no caption. */
  readonly captions: Readonly<Record<SceneKind, string>>;
  /** To write in the frame that the first touch brings. */
  readonly invitation: string;
  /** What the cells make of the ink; classes by their names. */
  readonly answers: {
    readonly agree: (name: string) => string;
    readonly split: (name: string, other: string) => string;
    readonly unknownDigit: string;
    /** For models that know more than digits. */
    readonly unknownSign: string;
  };
  readonly bar: {
    /** Of the bar, and of the group of languages in it. */
    readonly label: string;
    readonly languages: string;
    readonly brush: string;
    readonly eraser: string;
    readonly damage: string;
    readonly fill: string;
    readonly zoomIn: string;
    readonly zoomOut: string;
    readonly about: string;
  };
  readonly about: {
    readonly sentences: readonly [string, string, string, string, string];
    /** Under the pictures: a cell and its neighbours, cells that do not agree yet, cells that agree. */
    readonly pictures: readonly [string, string, string];
    readonly close: string;
  };
  readonly warning: {
    readonly title: string;
    readonly goesOn: (seconds: number) => string;
    readonly stay: string;
  };
  /** All that guests read of an exhibit that cannot run. */
  readonly backSoon: string;
}
