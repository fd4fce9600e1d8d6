/** The few buttons that a guest gets, large and named. */
import type { Playground } from '../playground.ts';
import type { Tool } from '../settings.ts';
import { elementById, makeElement } from '../elements.ts';
import type { Texts } from '../texts/index.ts';
import type { Point } from '../../view/camera.ts';
import { ZOOM_PRESS } from '../toolbar.ts';

export interface GuestBarParts {
  readonly playground: Playground;
  readonly texts: Texts['kiosk'];
  readonly attempt: (work: () => void | Promise<void>) => void;
}

const GUEST_TOOLS = ['brush', 'eraser', 'damage'] as const satisfies readonly Tool[];

export function fillGuestBar(bar: HTMLElement, { playground, texts, attempt }: GuestBarParts): void {
  const { settings, editor, camera } = playground;
  let touched: Point | null = null;
  editor.events.on('touched', (cell) => {
    touched = cell;
  });
  /** About the cell that was touched last, which is where somebody stands. */
  const zoom = (factor: number): void => {
    const middle = { x: camera.stage.width / 2, y: camera.stage.height / 2 };
    camera.zoom(factor, touched ? camera.toScreen(touched) : middle);
  };
  const add = (icon: string, label: string, work: () => void | Promise<void>): HTMLButtonElement => {
    const button = makeElement('button');
    button.type = 'button';
    const picture = elementById(icon, HTMLElement).querySelector('svg')?.cloneNode(true);
    if (picture) button.append(picture);
    button.append(makeElement('span', '', label));
    button.addEventListener('click', () => attempt(work));
    bar.append(button);
    return button;
  };
  const tools = GUEST_TOOLS.map((tool) => ({
    tool,
    button: add(tool, texts[tool], () => settings.set({ tool })),
  }));
  add('fill', texts.fill, () => editor.fillWithDigits());
  add('zoom-in', texts.zoomIn, () => zoom(ZOOM_PRESS ** 2));
  add('zoom-out', texts.zoomOut, () => zoom(1 / ZOOM_PRESS ** 2));
  const show = (): void => {
    for (const { tool, button } of tools) button.setAttribute('aria-pressed', String(settings.values.tool === tool));
  };
  settings.events.on('change', show);
  show();
}
