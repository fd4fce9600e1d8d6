/** What changes the whole canvas at once and is not wanted at every moment. */
import type { Controls } from '../../shell/controls.ts';

export function connectPainting({ menu, playground, texts }: Controls): void {
  menu.add({
    id: 'swap',
    group: 'canvas',
    label: texts.painting.swap,
    key: 's',
    work: () => playground.editor.swapDigits(),
  });
}
