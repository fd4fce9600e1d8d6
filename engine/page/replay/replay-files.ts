/** Replays on the page: saved from the menu, played when dropped or named by the address. */
import { messageOf } from '../../common/error-message.ts';
import { MOST_REPLAY_BYTES, REPLAY_FORMAT, REPLAY_SUFFIX } from '../../common/replay/marks.ts';
import { fetchBytes, FetchError } from '../../core/fetch-bytes.ts';
import type { Controls } from '../controls.ts';
import { download } from '../download.ts';
import { type FileKind, hasSuffix } from '../files/file-kind.ts';
import { reportRefusal } from '../failures.ts';

type Parts = Pick<Controls, 'texts' | 'notices' | 'playReplay' | 'playground'>;

/** How every replay file of ours begins. */
const HEAD = `{"format":"${REPLAY_FORMAT}"`;

export function replayFiles(controls: Controls): FileKind {
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
      return play(controls, bytes);
    },
  };
}

export function connectReplay({ menu, texts, playground, saveReplay, notices }: Controls): void {
  menu.add({
    id: 'save-replay',
    group: 'take',
    label: texts.replay.save,
    work: async () => {
      const { time, model } = playground.simulation;
      const { step } = time;
      const bytes = await saveReplay();
      const file = new Blob([bytes], { type: 'application/json' });
      download(file, `${model.specification.name}-${step}${REPLAY_SUFFIX}`);
      notices.show(texts.replay.saved(bytes.length / 1000));
    },
  });
}

/**
 * Plays the replay that the address names.
 * @returns whether it plays
 */
export async function openReplayAddress(parts: Parts, address: string): Promise<boolean> {
  const { texts, notices } = parts;
  try {
    notices.show(await play(parts, await fetchReplay(address, texts)));
    return true;
  } catch (error) {
    reportRefusal(parts, error, texts.replay.refused);
    return false;
  }
}

async function fetchReplay(address: string, texts: Parts['texts']): Promise<Uint8Array> {
  const url = URL.parse(address, location.href);
  // Nobody's link makes this page ask another site for anything.
  if (url?.origin !== location.origin) throw new Error(texts.replay.otherSite);
  return fetchBytes(url, { mostBytes: MOST_REPLAY_BYTES }).catch((error: unknown) => {
    const isTooLarge = error instanceof FetchError && error.reason === 'tooLarge';
    throw new Error(isTooLarge ? texts.replay.tooLarge : texts.replay.missing(url.pathname.slice(0, 60)));
  });
}

/** @returns what to tell the user while it plays */
async function play({ texts, notices, playReplay }: Parts, bytes: Uint8Array): Promise<string> {
  const { steps, result } = await playReplay(bytes);
  result.then(
    ({ same, renderer, recordedOn }) => {
      if (same) notices.show(texts.replay.same);
      else if (renderer !== recordedOn) notices.show(texts.replay.otherRenderer, { kind: 'warning' });
      else notices.show(texts.replay.differs, { kind: 'error' });
    },
    (error: unknown) => notices.show(messageOf(error), { kind: 'warning' }),
  );
  return texts.replay.plays(steps);
}
