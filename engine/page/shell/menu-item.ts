/** What a line of the menu is. */
import type { Work } from './work.ts';

export const MENU_GROUPS = ['canvas', 'look', 'learn', 'take'] as const;
export type MenuGroup = (typeof MENU_GROUPS)[number];

/** One line of the menu. */
export interface MenuItem {
  /** Of the element, so that tests and styles find it. */
  readonly id: string;
  readonly group: MenuGroup;
  readonly label: string;
  /** The key that does it from anywhere, as `KeyboardEvent.key` names it, letters small; `Control+` before it for that. */
  readonly key?: string;
  readonly work: Work;
  /** For an entry that switches something: whether it is on; asked whenever the menu opens. */
  readonly isOn?: () => boolean;
}
