/** The tools, undo and redo, and the actions that change the whole canvas. */
import { type SettingValues, STAMP_SCALE } from '../../../session/settings.ts';
import { elementById } from '../../shell/elements.ts';
import type { Feature, Keys, Page } from '../../shell/feature.ts';
import { stampKey } from '../../../session/handwritten.ts';
import { stampSnapCells } from '../../shell/pointer/stamp-preview.ts';
import { resizeTool, TURN_PRESS_DEGREES, turnStamp } from '../../shell/pointer/tool-size.ts';
import type { Texts } from '../../shell/texts/index.ts';
import { nameControl, onPress } from '../../shell/toolbar.ts';

/** The slider sets small brushes precisely. Larger ones are available with keys and in the panel. */
const BRUSH_SLIDER = { low: 0.5, high: 6, notch: 0.1 };

export const paint: Feature = {
  scope: 'controls',
  connect(page) {
    connectTools(page);
    connectEdits(page);
    const swap = { en: 'Swap all digits', de: 'Alle Ziffern tauschen' };
    return {
      menu: [
        {
          id: 'swap',
          group: 'canvas',
          label: swap[page.language],
          key: 's',
          work: () => page.playground.editor.swapDigits(),
        },
      ],
      keys: { ...toolKeys(page), ...editKeys(page), ...digitKeys(page) },
    };
  },
};

function connectTools(page: Page): void {
  const { playground, texts, attempt } = page;
  const { settings } = playground;
  const tools = {
    brush: onPress(page, 'brush', () => settings.set({ tool: 'brush' })),
    eraser: onPress(page, 'eraser', () => settings.set({ tool: 'eraser' })),
    damage: onPress(page, 'damage', () => settings.set(nextDamage(settings.values))),
  };
  const size = elementById('radius', HTMLInputElement);
  size.addEventListener('input', () => {
    const value = size.valueAsNumber;
    attempt(() => settings.set(settings.values.tool === 'stamp' ? { stampScale: value } : { brushRadius: value }));
  });
  const show = (): void => {
    const { values } = settings;
    for (const [tool, button] of Object.entries(tools)) {
      button.setAttribute('aria-pressed', String(values.tool === tool));
    }
    const kills = values.damageMode === 'kill';
    tools.damage.classList.toggle('kills', kills);
    nameControl(tools.damage, kills ? texts.controls.kill : texts.controls.damage);
    showSize(size, values, texts);
  };
  settings.events.on('change', show);
  show();
}

/** The slider sets the size of the current tool. */
function showSize(slider: HTMLInputElement, values: Readonly<SettingValues>, { controls }: Texts): void {
  const isStamp = values.tool === 'stamp';
  const { low, high, notch } = isStamp ? STAMP_SCALE : BRUSH_SLIDER;
  slider.min = String(low);
  slider.max = String(high);
  slider.step = String(notch);
  slider.valueAsNumber = isStamp ? values.stampScale : values.brushRadius;
  nameControl(slider, isStamp ? controls.stampScale : controls.radius);
}

/**
 * Returns the settings after pressing the damage tool's button or key. It selects the tool or, if it is already
 * selected, changes what it does.
 */
function nextDamage({ tool, damageMode }: Readonly<SettingValues>): Partial<SettingValues> {
  return tool === 'damage' ? { damageMode: damageMode === 'wipe' ? 'kill' : 'wipe' } : { tool: 'damage' };
}

function toolKeys({ playground: { settings } }: Page): Keys {
  return {
    b: () => settings.set({ tool: 'brush' }),
    e: () => settings.set({ tool: 'eraser' }),
    d: () => settings.set(nextDamage(settings.values)),
    Escape: () => settings.set({ tool: 'brush' }),
    '[': () => resizeTool(settings, false),
    ']': () => resizeTool(settings, true),
    '{': () => turnStamp(settings, -TURN_PRESS_DEGREES),
    '}': () => turnStamp(settings, TURN_PRESS_DEGREES),
    t: () => turnStamp(settings, TURN_PRESS_DEGREES),
  };
}

function connectEdits(page: Page): void {
  const { editor } = page.playground;
  const undo = onPress(page, 'undo', () => editor.changes.undo());
  const redo = onPress(page, 'redo', () => editor.changes.redo());
  onPress(page, 'fill', () => editor.fillWithDigits());
  onPress(page, 'clear', () => editor.clear());
  const show = (): void => {
    undo.disabled = !editor.changes.canUndo;
    redo.disabled = !editor.changes.canRedo;
  };
  editor.events.on('history', show);
  show();
}

function editKeys({ playground: { editor } }: Page): Keys {
  return {
    n: () => editor.fillWithDigits(),
    c: () => editor.clear(),
    'Control+z': () => editor.changes.undo(),
    'Control+y': () => editor.changes.redo(),
    'Control+Shift+z': () => editor.changes.redo(),
  };
}

/** Each number key stamps its class at the pointer, or else in the middle of the view. */
function digitKeys({ playground, pointer }: Page): Keys {
  const { camera, settings, editor, simulation } = playground;
  const stamp = (key: string): void => {
    const { classes } = simulation.model.specification;
    const label = classes.findIndex((_, index) => stampKey(classes, index) === key);
    const { stampScale, stampTurn } = settings.values;
    const position = pointer.hovered ?? camera.toCells({ x: camera.stage.width / 2, y: camera.stage.height / 2 });
    editor.stamp(position, label, { scale: stampScale, turn: stampTurn }, stampSnapCells(camera, simulation.layout));
  };
  return Object.fromEntries(Array.from({ length: 10 }, (_, digit) => [String(digit), () => stamp(String(digit))]));
}
