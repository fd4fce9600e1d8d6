/** The actions that the running page offers to scripts and features. */
import { decodeModelFile } from '../common/model/file.ts';
import type { Playground } from '../session/playground.ts';
import type { SessionRecorder } from '../session/replay/recorder.ts';
import type { PageParts } from './page-interface.ts';
import { lazily } from './shell/lazily.ts';
import { loadPart } from './shell/load-part.ts';
import type { ModelLibrary } from './shell/models.ts';

/** @param recorder null in an exhibit, which runs for weeks */
export function pageParts(playground: Playground, library: ModelLibrary, recorder: SessionRecorder | null): PageParts {
  const recorded = (): SessionRecorder => {
    if (!recorder) throw new Error('An exhibit does not record sessions or play replays.');
    return recorder;
  };
  const loadTeaching = () => loadPart(() => import('./features/teach/page-teaching.ts'));
  const teaching = lazily(async () => (await loadTeaching()).createTeaching(playground, library));
  return {
    playground,
    teaching,
    teach: async (sign, length) =>
      (await loadTeaching()).teachAndKeep({ playground, library }, await teaching(), sign, length),
    useModelNamed: async (name) => playground.models.use(await library.load(name)),
    useModelFile: async (bytes) => playground.models.use(decodeModelFile(bytes)),
    saveScene: async () => (await loadPart(() => import('./features/scenes/page-scene.ts'))).saveScene(playground),
    loadScene: async (bytes) => {
      const { loadScene } = await loadPart(() => import('./features/scenes/page-scene.ts'));
      return loadScene(playground, bytes);
    },
    saveReplay: async () =>
      (await loadPart(() => import('../session/replay/save-replay.ts'))).saveReplay(playground, recorded(), library),
    playReplay: async (bytes, options) => {
      const { playReplay } = await loadPart(() => import('./features/replay/play-replay.ts'));
      return playReplay({ playground, recorder: recorded(), library }, bytes, options);
    },
  };
}
