/** Replays on the page: saved from the menu, and played when a file is dropped or named by the address. */
import { messageOf } from '../../../common/error-message.ts';
import { MOST_REPLAY_BYTES, REPLAY_FORMAT, REPLAY_SUFFIX } from '../../../session/replay/marks.ts';
import { fetchBytes, FetchError } from '../../../core/fetch-bytes.ts';
import type { Feature, Page, PageBasics } from '../../shell/feature.ts';
import { download } from '../../shell/download.ts';
import { type FileKind, hasSuffix } from '../../shell/files/file-kind.ts';
import { reportRefusal } from '../../shell/failures.ts';
import type { Language } from '../../shell/texts/localized.ts';
import { TEXTS } from './texts.ts';

type Parts = Pick<PageBasics, 'texts' | 'language' | 'notices' | 'playReplay' | 'playground'>;

/** The beginning of every replay file that this project writes. */
const HEAD = `{"format":"${REPLAY_FORMAT}"`;

export const replay: Feature = {
  scope: 'page',
  connect: (page) => ({
    files: [replayFiles(page)],
    menu: [{ id: 'save-replay', group: 'take', label: TEXTS[page.language].save, work: () => save(page) }],
  }),
};

function replayFiles(page: Page): FileKind {
  return {
    accept: [REPLAY_SUFFIX],
    mostBytes: MOST_REPLAY_BYTES,
    recognizes: (file, head) =>
      hasSuffix(file, [REPLAY_SUFFIX]) || HEAD.split('').every((letter, index) => head[index] === letter.charCodeAt(0)),
    replaces: ['model', 'digits'],
    takesSeveral: false,
    take: async ([file], signal) => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      signal.throwIfAborted();
      return play(page, bytes);
    },
  };
}

async function save({ playground, saveReplay, language, notices }: Page): Promise<void> {
  const { time, model } = playground.simulation;
  const { step } = time;
  const bytes = await saveReplay();
  const file = new Blob([bytes], { type: 'application/json' });
  download(file, `${model.specification.name}-${step}${REPLAY_SUFFIX}`);
  notices.show(TEXTS[language].saved(bytes.length / 1000));
}

/**
 * Plays the replay that the address names.
 * @returns whether it is playing
 */
export async function openReplayAddress(parts: Parts, address: string): Promise<boolean> {
  const { language, notices } = parts;
  try {
    notices.show(await play(parts, await fetchReplay(address, language)));
    return true;
  } catch (error) {
    reportRefusal(parts, error, TEXTS[language].refused);
    return false;
  }
}

async function fetchReplay(address: string, language: Language): Promise<Uint8Array> {
  const texts = TEXTS[language];
  const url = URL.parse(address, location.href);
  // A link must not make this page send requests to another site.
  if (url?.origin !== location.origin) throw new Error(texts.otherSite);
  return fetchBytes(url, { mostBytes: MOST_REPLAY_BYTES }).catch((error: unknown) => {
    const isTooLarge = error instanceof FetchError && error.reason === 'tooLarge';
    throw new Error(isTooLarge ? texts.tooLarge : texts.missing(url.pathname.slice(0, 60)));
  });
}

/** @returns the message to show while it plays */
async function play({ language, notices, playReplay }: Parts, bytes: Uint8Array): Promise<string> {
  const texts = TEXTS[language];
  const { steps, result } = await playReplay(bytes);
  result.then(
    ({ same, renderer, recordedOn }) => {
      if (same) notices.show(texts.same);
      else if (renderer !== recordedOn) notices.show(texts.otherRenderer, { kind: 'warning' });
      else notices.show(texts.differs, { kind: 'error' });
    },
    (error: unknown) => notices.show(messageOf(error), { kind: 'warning' }),
  );
  return texts.plays(steps);
}
