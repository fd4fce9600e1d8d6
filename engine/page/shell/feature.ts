/** The contract between the page and its features. */
import type { FileKind } from './files/file-kind.ts';
import type { MenuItem } from './menu-item.ts';
import type { ModelLibrary } from './models.ts';
import type { Notices } from './notices.ts';
import type { PageParts } from '../page-interface.ts';
import type { PointerInput } from './pointer/pointer.ts';
import type { Language } from './texts/localized.ts';
import type { Texts } from './texts/index.ts';
import type { Attempt, Work } from './work.ts';

/** The page before its features are connected. */
export interface PageBasics extends PageParts {
  readonly library: ModelLibrary;
  readonly texts: Texts;
  readonly language: Language;
  readonly notices: Notices;
  /** Whether the toolbar and the legend are shown. */
  readonly showsControls: boolean;
  /** The model that was replaced by a lighter one at the start because the device is slow, or null. */
  readonly replacedModel: string | null;
  /** Whether the page is an exhibit. Guests can only paint, and files are not accepted. */
  readonly isExhibit: boolean;
  /** Whether the address sets the number of digits. If so, drawing does not change the view. */
  readonly isLayoutAsked: boolean;
}

/** The page as every feature receives it. */
export interface Page extends PageBasics {
  readonly attempt: Attempt;
  readonly pointer: PointerInput;
}

/**
 * Actions by the key that runs them: `KeyboardEvent.key` with letters in lower case, prefixed with `Control+` or
 * `Control+Shift+` if those are held.
 */
export type Keys = Readonly<Record<string, Work>>;

/** What a feature adds to the page. */
export interface Contribution {
  readonly menu?: readonly MenuItem[];
  readonly keys?: Keys;
  readonly files?: readonly FileKind[];
}

/** A part of the page with one purpose, in its own folder. Listed in `features.ts`. */
export interface Feature {
  /**
   * Where the feature is connected: `everywhere`, including exhibits; on every ordinary `page`; or only with
   * `controls`, where the toolbar and the menu are shown.
   */
  readonly scope: 'everywhere' | 'page' | 'controls';
  readonly connect: (page: Page) => Contribution | undefined;
}
