/** Scenes as files: saved from the menu, loaded from there or dropped on the page. */
import { isSceneFile, SCENE_SUFFIX } from '../../common/scene/identifier.ts';
import type { Controls } from '../controls.ts';
import { download } from '../download.ts';
import { elementById } from '../elements.ts';
import { type FileKind, hasSuffix } from '../files/file-kind.ts';

/** Larger files are no scenes of ours: bodies are bounded, and compress. */
const MOST_FILE_BYTES = 514 * 2 ** 20;

export function sceneFiles({ texts, loadScene }: Controls): FileKind {
  return {
    accept: [SCENE_SUFFIX],
    mostBytes: MOST_FILE_BYTES,
    recognizes: (file, head) => isSceneFile(head) || hasSuffix(file, [SCENE_SUFFIX]),
    replaces: ['model', 'digits'],
    takesSeveral: false,
    take: async ([file], signal) => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      signal.throwIfAborted();
      const unknown = await loadScene(bytes);
      return unknown.length === 0 ? texts.scenes.loaded : texts.scenes.loadedBut(shownNames(unknown));
    },
  };
}

export function connectScenes({ menu, texts, playground, saveScene, notices }: Controls): void {
  menu.add({
    id: 'save-scene',
    group: 'take',
    label: texts.scenes.save,
    key: 'Control+s',
    work: async () => {
      const { time, model } = playground.simulation;
      const { step } = time;
      const bytes = await saveScene();
      const file = new Blob([bytes], { type: 'application/octet-stream' });
      download(file, `${model.specification.name}-${step}${SCENE_SUFFIX}`);
      notices.show(texts.scenes.saved(bytes.length / 2 ** 20));
    },
  });
  menu.add({
    id: 'load-scene',
    group: 'take',
    label: texts.scenes.load,
    key: 'Control+o',
    work: () => elementById('file-chooser', HTMLInputElement).click(),
  });
}

/** Names from a file, for a message. */
function shownNames(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown}, …` : shown;
}
