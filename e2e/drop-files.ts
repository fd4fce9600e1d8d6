/** Files that are dropped on the page. */
import type { Page } from '@playwright/test';

export interface NamedFile {
  readonly name: string;
  readonly content: Buffer;
}

/** Drops files on the page together, as a visitor does. */
export async function drop(page: Page, ...files: readonly NamedFile[]): Promise<void> {
  await page.evaluate(
    (given) => {
      const dataTransfer = new DataTransfer();
      for (const { name, base64 } of given) {
        const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        dataTransfer.items.add(new File([content], name));
      }
      const stage = document.querySelector('#stage');
      for (const type of ['dragover', 'drop']) {
        stage?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      }
    },
    files.map(({ name, content }) => ({ name, base64: content.toString('base64') })),
  );
}
