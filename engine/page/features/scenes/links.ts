/** Scenes as links: copied from the menu, and opened with the page or while it runs. */
import type { Feature, Page, PageBasics } from '../../shell/feature.ts';
import { reportRefusal } from '../../shell/failures.ts';
import { loadPart } from '../../shell/load-part.ts';
import { TEXTS } from './texts.ts';
import { linkIn } from './link-mark.ts';

type Parts = Pick<PageBasics, 'playground' | 'library' | 'texts' | 'language' | 'notices'>;

/**
 * Opens the link in the page's address, if there is one, and reports what was left out.
 * @returns `canvas` if the link filled the canvas, `empty` if it left the canvas empty, null if there was no usable
 * link
 */
export async function openAddress(parts: Parts): Promise<'canvas' | 'empty' | null> {
  const { playground, library, notices, texts: shell } = parts;
  const texts = TEXTS[parts.language].links;
  const text = linkIn(location.hash);
  if (text === null) return null;
  const tell = (message: string): void => {
    notices.show(message, { kind: 'warning' });
  };
  try {
    const { openLink } = await loadPart(() => import('./page-link.ts'));
    const opened = await openLink(text, playground, library);
    if (opened.otherVersion !== null) tell(texts.otherVersion);
    if (opened.missingModel !== null) {
      tell(shell.notices.unknownModel(opened.missingModel, playground.simulation.model.specification.name));
    }
    if (opened.unknown.length > 0) tell(texts.unknownSettings(opened.unknown.slice(0, 5).join(', ')));
    return opened.hasCanvas ? 'canvas' : 'empty';
  } catch (error) {
    reportRefusal(parts, error, texts.refused);
    return null;
  }
}

export const links: Feature = {
  scope: 'controls',
  connect(page) {
    window.addEventListener('hashchange', () => {
      page.attempt(async () => {
        if ((await openAddress(page)) === 'empty') await page.playground.editor.fillWithDigits();
      });
    });
    const label = TEXTS[page.language].links.copy;
    return { menu: [{ id: 'copy-link', group: 'take', label, work: () => copyLink(page) }] };
  },
};

async function copyLink({ playground, library, language, notices }: Page): Promise<void> {
  const texts = TEXTS[language].links;
  const { makeLink } = await loadPart(() => import('./page-link.ts'));
  const { address, hasCanvas, hasModel } = await makeLink(playground, library);
  const message = [(await hand(address)) ? texts.copied : texts.inAddress];
  if (!hasCanvas) message.push(texts.withoutCanvas);
  if (!hasModel) message.push(texts.withoutModel);
  notices.show(message.join(' '), { kind: hasCanvas && hasModel ? 'info' : 'warning' });
}

/**
 * Copies an address to the clipboard or, if the browser forbids that, puts it in the address bar. Returns whether it
 * was copied.
 */
async function hand(address: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(address);
    return true;
  } catch {
    // This does not fire `hashchange`, so nothing is opened.
    history.replaceState(null, '', address);
    return false;
  }
}
