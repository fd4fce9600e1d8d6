/** Connects everything that a hand or a key can reach to the playground. */
import { adaptToDevice } from '../features/adapt/adaptation.ts';
import { announceDecisions } from '../features/status/announcer.ts';
import { idxFiles, pictureFiles } from '../features/digit-files/digit-files.ts';
import { acceptFiles } from './files/accept-files.ts';
import { modelFiles } from '../features/models/model-files.ts';
import { connectCompare } from '../features/compare/compare.ts';
import type { ControlParts, Controls } from './controls.ts';
import { connectLessons } from '../features/lessons/connect-lessons.ts';
import { reportRefusal } from './failures.ts';
import { connectFigures } from '../features/figures/connect-figures.ts';
import { connectInspector } from '../features/inspect/inspector.ts';
import { connectKeyboard } from './keyboard.ts';
import { connectLegend } from '../features/legend/legend.ts';
import { Menu } from './menu.ts';
import { connectPanel } from '../features/panel/panel-button.ts';
import { connectPainting } from '../features/paint/paint.ts';
import { connectScrubber } from '../features/time/scrubber.ts';
import { connectPointer } from './pointer/pointer-input.ts';
import { connectReplay, replayFiles } from '../features/replay/replay-files.ts';
import { connectLinks } from '../features/scenes/links.ts';
import { connectScenes, sceneFiles } from '../features/scenes/scenes.ts';
import { showStatus } from '../features/status/status.ts';
import { connectTake } from '../features/record/connect-record.ts';
import { connectToolbar } from './toolbar.ts';

export function connectControls(parts: ControlParts): Controls {
  const { texts } = parts;
  const attempt = (work: () => void | Promise<void>): void => {
    const tell = (error: unknown): void => {
      reportRefusal(parts, error, texts.notices.notPossible, 'attempt');
    };
    try {
      const result = work();
      if (result instanceof Promise) result.catch(tell);
    } catch (error) {
      tell(error);
    }
  };
  const controls: Controls = { ...parts, attempt, menu: new Menu(texts, attempt) };
  const pointer = connectPointer(controls);
  announceDecisions(controls);
  adaptToDevice(controls);
  if (parts.isExhibit) return controls;
  acceptFiles(controls, [
    sceneFiles(controls),
    replayFiles(controls),
    modelFiles(controls),
    idxFiles(controls),
    pictureFiles(controls),
  ]);
  if (!parts.showsControls) return controls;
  const panel = connectPanel(controls);
  connectToolbar(controls);
  connectScrubber(controls);
  connectLegend(controls);
  connectTake(controls);
  connectKeyboard(controls, { pointer, panel });
  showStatus(controls);
  connectPainting(controls);
  connectInspector(controls, pointer);
  connectFigures(controls);
  connectCompare(controls);
  connectLessons(controls);
  connectScenes(controls);
  connectLinks(controls);
  connectReplay(controls);
  return controls;
}
