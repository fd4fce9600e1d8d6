/** Converts the page's settings and canvas to an address, and back. */
import { freshCanvas } from '../../../automaton/saved-canvas.ts';
import { decodeLink, encodeLink, LINK_VERSION, versionOfLink } from '../../../common/scene/scene-link.ts';
import { checkLayout } from '../../../session/arguments.ts';
import type { ModelLibrary } from '../../shell/models.ts';
import type { Playground } from '../../../session/playground.ts';
import { Settings } from '../../../session/settings.ts';
import { LINK_MARK } from './link-mark.ts';
import { acceptableSettings } from '../../../session/settings-from-outside.ts';

/** Settings whose default comes from the model. They are always part of the link. */
const OF_THE_MODEL = new Set(['dropout', 'noise']);

export interface MadeLink {
  readonly address: string;
  /** Whether the link contains the canvas. A canvas that is too large is left out. */
  readonly hasCanvas: boolean;
  /** Whether the current model is one of this site's, so that the link can name it. */
  readonly hasModel: boolean;
}

/** Returns an address that opens the page with these settings and, if it is small enough, this canvas. */
export async function makeLink({ simulation, settings }: Playground, library: ModelLibrary): Promise<MadeLink> {
  const usual: Readonly<Record<string, unknown>> = { ...new Settings().values };
  const told = Object.entries(settings.values).filter(
    ([name, value]) => name !== 'strategy' && (OF_THE_MODEL.has(name) || usual[name] !== value),
  );
  const { columns, rows, tile } = simulation.layout;
  const { text, hasCanvas } = await encodeLink({
    layout: { columns, rows, tile },
    seed: simulation.seed,
    model: simulation.model.specification.name,
    settings: Object.fromEntries(told),
    canvas: { ink: simulation.canvas.readInk(), labels: simulation.canvas.readTileLabels() },
  });
  const address = `${location.origin}${location.pathname}${LINK_MARK}${text}`;
  return { address, hasCanvas, hasModel: library.has(simulation.model.specification.name) };
}

export interface OpenedLink {
  /** Whether the link brought a canvas. If not, the canvas is now empty. */
  readonly hasCanvas: boolean;
  /** The version of the page's links that made this one, if it differs. */
  readonly otherVersion: number | null;
  /** The model that the link names, if this site does not have it. */
  readonly missingModel: string | null;
  /** The names of settings that this page does not know or allow. */
  readonly unknown: readonly string[];
}

/**
 * Replaces the canvas and the settings with the content of a link.
 * @throws Error that gives the reason as a sentence; in that case, nothing has changed
 */
export async function openLink(text: string, playground: Playground, library: ModelLibrary): Promise<OpenedLink> {
  const version = versionOfLink(text);
  const scene = await decodeLink(text);
  const layout = checkLayout(scene.layout);
  const current = playground.simulation.model;
  const isHere = scene.model === current.specification.name;
  const hasModel = isHere || library.has(scene.model);
  const model = hasModel && !isHere ? await library.load(scene.model) : current;
  const { settings, unknown } = acceptableSettings(scene.settings, model.specification);
  const { strategy } = playground.settings.values;
  await playground.load(freshCanvas(layout, model, scene.seed, scene.canvas), model, { ...settings, strategy });
  return {
    hasCanvas: scene.canvas !== null,
    otherVersion: version === LINK_VERSION ? null : version,
    missingModel: hasModel ? null : scene.model,
    unknown,
  };
}
