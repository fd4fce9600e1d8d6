/**
 * What `npm run dev` adds to the page: a saved shader is compiled into the running simulation, and a reload for any
 * other change restores the canvas as it was. Not part of a build.
 */
import type { ViteHotContext } from 'vite/types/hot.js';
import { messageOf } from '../../../common/error-message.ts';
import { locateComplaint, replaceShader } from '../../../gpu/shader-source.ts';
import type { Notices } from '../notices.ts';
import type { PageParts } from '../../page-interface.ts';
import { type ChangedShader, SHADER_EVENT } from './shader-event.ts';

const NOTICE = 'shader';
const CACHE = 'digits-dev';
const SCENE_ADDRESS = '/scene-before-reload';

/** The texts are in English only, since only developers read them. */
export async function connectHotReload(
  hot: ViteHotContext,
  starting: Promise<PageParts>,
  notices: Notices,
): Promise<void> {
  const parts = await starting;
  await restoreScene(parts, notices);
  // eslint-disable-next-line @typescript-eslint/no-misused-promises -- Vite waits for what a listener returns.
  hot.on('vite:beforeFullReload', () => keepScene(parts));

  let queue = Promise.resolve();
  hot.on(SHADER_EVENT, (changed: ChangedShader) => {
    queue = queue.then(() => takeShader(parts, notices, changed));
  });
}

async function takeShader({ playground }: PageParts, notices: Notices, { name, text }: ChangedShader): Promise<void> {
  const old = replaceShader(name, text);
  try {
    await playground.recompile();
    notices.show(`${name} was recompiled.`, { key: NOTICE });
  } catch (error) {
    if (old !== undefined) replaceShader(name, old);
    const complaint = locateComplaint(messageOf(error));
    notices.show(`${name} could not be compiled. The old program keeps running. ${complaint}`, {
      kind: 'error',
      key: NOTICE,
    });
  }
}

async function keepScene(parts: PageParts): Promise<void> {
  const cache = await caches.open(CACHE);
  const bytes = await parts.saveScene();
  await cache.put(SCENE_ADDRESS, new Response(new Uint8Array(bytes)));
}

async function restoreScene(parts: PageParts, notices: Notices): Promise<void> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(SCENE_ADDRESS);
  if (!kept) return;
  await cache.delete(SCENE_ADDRESS);
  try {
    await parts.loadScene(new Uint8Array(await kept.arrayBuffer()));
  } catch (error) {
    const reason = messageOf(error);
    notices.show(`The canvas from before the reload could not be restored: ${reason}`, { kind: 'warning' });
  }
}
