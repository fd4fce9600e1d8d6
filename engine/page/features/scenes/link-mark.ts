/** The beginning of an address fragment that contains a scene. */
export const LINK_MARK = '#scene=';

/** Returns the text of the link in a fragment, or null if there is none. */
export function linkIn(fragment: string): string | null {
  return fragment.startsWith(LINK_MARK) ? fragment.slice(LINK_MARK.length) : null;
}
