/** What every feature of the page is given. */
import type { Menu } from './menu.ts';
import type { ModelLibrary } from './models.ts';
import type { Notices } from './notices.ts';
import type { PageParts } from '../page-interface.ts';
import type { Texts } from './texts/index.ts';

export interface ControlParts extends PageParts {
  readonly library: ModelLibrary;
  readonly texts: Texts;
  readonly notices: Notices;
  /** Whether toolbar and legend are shown at all. */
  readonly showsControls: boolean;
  /** The model in whose place a lighter one runs from the start, since the device is slow; null if none does. */
  readonly replacedModel: string | null;
  /** Whether the page is an exhibit: hands only paint, files are not taken. */
  readonly isExhibit: boolean;
  /** Whether the address says how many digits there are; then a finger that draws changes nothing of the view. */
  readonly isLayoutAsked: boolean;
}

/** What the controls have in common. */
export interface Controls extends ControlParts {
  /** Does something for the user; what fails is told in a notice, never thrown. */
  readonly attempt: (work: () => void | Promise<void>) => void;
  /** Where features that are not wanted at every moment are reached. */
  readonly menu: Menu;
}
