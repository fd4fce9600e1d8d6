/** The definition of a menu item. */
import type { Work } from './work.ts';

export const MENU_GROUPS = ['canvas', 'look', 'learn', 'take'] as const;
export type MenuGroup = (typeof MENU_GROUPS)[number];

/** One line of the menu. */
export interface MenuItem {
  /** The id of the element, by which tests and styles find it. */
  readonly id: string;
  readonly group: MenuGroup;
  readonly label: string;
  /**
   * The keyboard shortcut: a `KeyboardEvent.key` with letters in lower case, prefixed with `Control+` if that is held.
   */
  readonly key?: string;
  readonly work: Work;
  /** For an entry that switches something, returns whether it is on. Called whenever the menu opens. */
  readonly isOn?: () => boolean;
}
