/** Plays replay files on the page. */
import { decodeReplay } from '../../../session/replay/replay-file.ts';
import type { PlayOptions } from '../../page-interface.ts';
import { ReplayPlayer, type ReplayResult } from '../../../session/replay/replay-player.ts';

/** The number of steps that are issued in one go when nobody is watching. */
const FAST_STEPS = 16;

/**
 * Replaces the canvas with a replay and starts playing it.
 * @throws Error that gives the reason as a sentence; in that case, nothing has changed
 */
export async function playReplay(
  parts: Parameters<typeof ReplayPlayer.start>[0],
  bytes: Uint8Array,
  { fast = false }: PlayOptions = {},
): Promise<{ readonly steps: number; readonly result: Promise<ReplayResult> }> {
  const { playground } = parts;
  const player = await ReplayPlayer.start(parts, await decodeReplay(bytes));
  if (fast) {
    runFast(player, playground).catch((error: unknown) => {
      player.fail(error);
    });
  } else {
    playground.settings.set({ paused: false });
  }
  return { steps: player.steps, result: player.result };
}

async function runFast(player: ReplayPlayer, playground: Parameters<typeof ReplayPlayer.start>[0]['playground']) {
  while (!player.isOver) {
    playground.editor.changes.assertLive();
    playground.frames.advance(FAST_STEPS);
    await playground.simulation.settled();
  }
}
