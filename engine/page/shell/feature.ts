/** The one contract between the page and its features. */
import type { FileKind } from './files/file-kind.ts';
import type { MenuItem } from './menu-item.ts';
import type { ModelLibrary } from './models.ts';
import type { Notices } from './notices.ts';
import type { PageParts } from '../page-interface.ts';
import type { PointerInput } from './pointer/pointer.ts';
import type { Language } from './texts/localized.ts';
import type { Texts } from './texts/index.ts';
import type { Attempt, Work } from './work.ts';

/** What the page is before its features are connected. */
export interface PageBasics extends PageParts {
  readonly library: ModelLibrary;
  readonly texts: Texts;
  readonly language: Language;
  readonly notices: Notices;
  /** Whether the toolbar and the legend are shown. */
  readonly showsControls: boolean;
  /** The model that a lighter one has replaced from the start because the device is slow, or null. */
  readonly replacedModel: string | null;
  /** Whether the page is an exhibit: guests only paint, and files are not accepted. */
  readonly isExhibit: boolean;
  /** Whether the address says how many digits there are; then drawing does not change the view. */
  readonly isLayoutAsked: boolean;
}

/** What every feature is given. */
export interface Page extends PageBasics {
  readonly attempt: Attempt;
  readonly pointer: PointerInput;
}

/** Actions by the key that runs them: `KeyboardEvent.key`, letters in lower case, after `Control+` or `Control+Shift+` where held. */
export type Keys = Readonly<Record<string, Work>>;

/** What a feature adds to the page. */
export interface Contribution {
  readonly menu?: readonly MenuItem[];
  readonly keys?: Keys;
  readonly files?: readonly FileKind[];
}

/** A part of the page with one purpose, in a folder of its own; listed in `features.ts`. */
export interface Feature {
  /**
   * Where it is connected: `everywhere`, exhibits included; on every ordinary `page`; or only with `controls`, where the
   * toolbar and the menu are shown.
   */
  readonly scope: 'everywhere' | 'page' | 'controls';
  readonly connect: (page: Page) => Contribution | undefined;
}
