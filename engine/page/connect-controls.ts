/** Connects everything that a hand or a key can reach to the playground. */
import { adaptToDevice } from './adaptation.ts';
import { announceDecisions } from './announcer.ts';
import { idxFiles, pictureFiles } from './digit-files/digit-files.ts';
import { acceptFiles } from './files/accept-files.ts';
import { modelFiles } from './files/model-files.ts';
import { connectCompare } from './compare/compare.ts';
import type { ControlParts, Controls } from './controls.ts';
import { connectLessons } from './lessons/connect-lessons.ts';
import { reportRefusal } from './failures.ts';
import { connectFigures } from './figures/connect-figures.ts';
import { connectInspector } from './inspector/inspector.ts';
import { connectKeyboard } from './keyboard.ts';
import { connectLegend } from './legend.ts';
import { Menu } from './menu.ts';
import { connectPanel } from './panel-button.ts';
import { connectPainting } from './painting/painting.ts';
import { connectScrubber } from './past/scrubber.ts';
import { connectPointer } from './pointer-input.ts';
import { connectReplay, replayFiles } from './replay/replay-files.ts';
import { connectLinks } from './scenes/links.ts';
import { connectScenes, sceneFiles } from './scenes/scenes.ts';
import { showStatus } from './status.ts';
import { connectTake } from './take/take.ts';
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
