/** Converts the page to a scene, and back. */
import { STRATEGIES } from '../../../automaton/programs/strategies.ts';
import { decodeModelFile, encodeModelFile } from '../../../common/model/file.ts';
import { decodeScene, encodeScene } from '../../../common/scene/scene-file.ts';
import type { SceneSettings } from '../../../common/scene/scene.ts';
import type { Playground } from '../../../session/playground.ts';
import { acceptableSettings } from '../../../session/settings-from-outside.ts';

/** Returns the current scene as the bytes of a file. */
export async function saveScene(playground: Playground): Promise<Uint8Array<ArrayBuffer>> {
  playground.editor.changes.assertLive();
  const { simulation, camera, settings } = playground;
  const { centre, magnification } = camera;
  const { model } = simulation;
  const { name: strategy } = simulation.strategy;
  const values: SceneSettings = { ...settings.values };
  return encodeScene({
    ...(await simulation.save()),
    renderer: simulation.device.renderer.slice(0, 400),
    strategy,
    settings: values,
    camera: { x: centre.x, y: centre.y, zoom: magnification },
    model: encodeModelFile(model),
  });
}

/**
 * Continues from a saved scene. On the same renderer, the step is computed as it was when the scene was saved, so that
 * the scene continues bit for bit. On others, it is computed in the way that works best there.
 * @returns the names of settings that this page does not know or allow, which were left out
 * @throws Error that gives the reason as a sentence; in that case, nothing has changed
 */
export async function loadScene(playground: Playground, bytes: Uint8Array): Promise<readonly string[]> {
  const scene = await decodeScene(bytes);
  const model = decodeModelFile(scene.model);
  const { settings, unknown } = acceptableSettings(scene.settings, model.specification);
  const isSame =
    scene.renderer === playground.simulation.device.renderer && STRATEGIES.some((name) => name === scene.strategy);
  await playground.load(scene, model, { ...settings, strategy: isSame ? scene.strategy : 'auto' });
  const { x, y, zoom } = scene.camera;
  playground.camera.look({ x, y }, zoom);
  return unknown;
}
