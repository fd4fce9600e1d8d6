/** Scenes as files: saved from the menu, and loaded from there or by dropping them on the page. */
import { isSceneFile, SCENE_SUFFIX } from '../../../common/scene/identifier.ts';
import type { Feature, Page } from '../../shell/feature.ts';
import { download } from '../../shell/download.ts';
import { elementById } from '../../shell/elements.ts';
import { type FileKind, hasSuffix } from '../../shell/files/file-kind.ts';
import { TEXTS } from './texts.ts';

/** Larger files cannot be scenes of this project: their content is bounded, and compressed. */
const MOST_FILE_BYTES = 514 * 2 ** 20;

export const scenes: Feature = {
  scope: 'page',
  connect(page) {
    const texts = TEXTS[page.language].scenes;
    return {
      files: [sceneFiles(page)],
      menu: [
        { id: 'save-scene', group: 'take', label: texts.save, key: 'Control+s', work: () => save(page) },
        {
          id: 'load-scene',
          group: 'take',
          label: texts.load,
          key: 'Control+o',
          work: () => elementById('file-chooser', HTMLInputElement).click(),
        },
      ],
    };
  },
};

function sceneFiles({ language, loadScene }: Page): FileKind {
  const texts = TEXTS[language].scenes;
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
      return unknown.length === 0 ? texts.loaded : texts.loadedBut(shownNames(unknown));
    },
  };
}

async function save({ playground, saveScene, language, notices }: Page): Promise<void> {
  const { time, model } = playground.simulation;
  const { step } = time;
  const bytes = await saveScene();
  const file = new Blob([bytes], { type: 'application/octet-stream' });
  download(file, `${model.specification.name}-${step}${SCENE_SUFFIX}`);
  notices.show(TEXTS[language].scenes.saved(bytes.length / 2 ** 20));
}

/** Returns names from a file in a form for messages. */
function shownNames(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown}, …` : shown;
}
