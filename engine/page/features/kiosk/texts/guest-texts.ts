/** What an exhibit says to its guests, in one language. */
import type { SceneKind } from '../scene-settings.ts';

export interface GuestTexts {
  /** The name of the language in the language itself. */
  readonly name: string;
  /** The title of the page. */
  readonly title: string;
  /** Describes the canvas to people who cannot see it. */
  readonly canvas: { readonly label: string; readonly description: string };
  /** The caption for each kind of scene, if its settings have none. */
  readonly captions: Readonly<Record<SceneKind, string>>;
  /** The caption of the scene `unknown` once its cells have stayed undecided. */
  readonly undecided: string;
  /** Invites guests to write in the frame that the first touch shows. */
  readonly invitation: string;
  /** What the cells think of the ink, with the names of the classes. */
  readonly answers: {
    readonly agree: (name: string) => string;
    readonly split: (name: string, other: string) => string;
    readonly unknownDigit: string;
    /** For models that know more than digits. */
    readonly unknownSign: string;
  };
  readonly bar: {
    /** The labels of the bar, and of the group of languages in it. */
    readonly label: string;
    readonly languages: string;
    readonly brush: string;
    readonly eraser: string;
    readonly damage: string;
    readonly fill: string;
    readonly zoomIn: string;
    readonly zoomOut: string;
    readonly teach: string;
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
  /** The only text that guests see if the exhibit cannot run. */
  readonly backSoon: string;
}
