/** The page's elements by their ids, each of the kind that the code expects. */

/**
 * @throws Error if the page has no such element, which is a fault of the page itself
 */
export function elementById<E extends Element>(id: string, kind: new () => E): E {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new Error(`The page lacks its element "${id}".`);
}

/** A new element with a class and a text. Texts are set as texts, never as markup. */
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
