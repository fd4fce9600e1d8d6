/** Scenes as links: copied from the menu, opened with the page or while it runs. */
import type { ControlParts, Controls } from '../../shell/controls.ts';
import { reportRefusal } from '../../shell/failures.ts';
import { loadPart } from '../../shell/load-part.ts';
import { linkIn } from './link-mark.ts';

type Parts = Pick<ControlParts, 'playground' | 'library' | 'texts' | 'notices'>;

/**
 * Opens the link in the page's address, if there is one, and tells what was left out of it.
 * @returns `canvas` if it brought one, `empty` if it left the canvas empty, null if there was none that could be opened
 */
export async function openAddress(parts: Parts): Promise<'canvas' | 'empty' | null> {
  const { playground, library, texts, notices } = parts;
  const text = linkIn(location.hash);
  if (text === null) return null;
  const tell = (message: string): void => {
    notices.show(message, { kind: 'warning' });
  };
  try {
    const { openLink } = await loadPart(() => import('./page-link.ts'));
    const opened = await openLink(text, playground, library);
    if (opened.otherVersion !== null) tell(texts.links.otherVersion);
    if (opened.missingModel !== null) {
      tell(texts.notices.unknownModel(opened.missingModel, playground.simulation.model.specification.name));
    }
    if (opened.unknown.length > 0) tell(texts.links.unknownSettings(opened.unknown.slice(0, 5).join(', ')));
    return opened.hasCanvas ? 'canvas' : 'empty';
  } catch (error) {
    reportRefusal(parts, error, texts.links.refused);
    return null;
  }
}

export function connectLinks(controls: Controls): void {
  const { menu, texts, playground, library, notices } = controls;
  window.addEventListener('hashchange', () => {
    controls.attempt(async () => {
      if ((await openAddress(controls)) === 'empty') await playground.editor.fillWithDigits();
    });
  });
  menu.add({
    id: 'copy-link',
    group: 'take',
    label: texts.links.copy,
    work: async () => {
      const { makeLink } = await loadPart(() => import('./page-link.ts'));
      const { address, hasCanvas, hasModel } = await makeLink(playground, library);
      const message = [(await hand(address)) ? texts.links.copied : texts.links.inAddress];
      if (!hasCanvas) message.push(texts.links.withoutCanvas);
      if (!hasModel) message.push(texts.links.withoutModel);
      notices.show(message.join(' '), { kind: hasCanvas && hasModel ? 'info' : 'warning' });
    },
  });
}

/** Puts an address into the clipboard or, where the browser forbids that, into the address bar; tells whether the former. */
async function hand(address: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(address);
    return true;
  } catch {
    // Does not fire `hashchange`, so nothing is opened.
    history.replaceState(null, '', address);
    return false;
  }
}
