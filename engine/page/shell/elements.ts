/** Finds the page's elements by their ids, checking that each is of the expected kind, and makes new ones. */

/** @throws Error if the page has no such element, which is a bug in the page itself */
export function elementById<E extends Element>(id: string, kind: new () => E): E {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new Error(`The page has no element "${id}".`);
}

/** Returns a new element with a class and a text. The text is set as plain text, never as markup. */
export function makeElement<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = '',
  text = '',
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  if (text !== '') element.textContent = text;
  return element;
}
