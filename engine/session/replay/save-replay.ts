/** Saves a recorded session as the bytes of a replay file. */
import { sha256 } from '../../common/digest/sha256.ts';
import { encodeModelFile } from '../../common/model/file.ts';
import type { Model } from '../../common/model/weights.ts';
import type { ReplayEvent } from './replay.ts';
import { encodeReplay, type Replay } from './replay-file.ts';
import { encodeScene } from '../../common/scene/scene-file.ts';
import type { NamedModels } from '../named-models.ts';
import type { Playground } from '../playground.ts';
import { encodeOperation } from './operation-codec.ts';
import type { RecordedOperation, RecordStart, SessionRecord, SessionRecorder } from './recorder.ts';
import { stateDigest } from './state-digest.ts';

/**
 * Returns the session so far.
 *
 * @throws ReplayError if it is too long for a file
 */
export async function saveReplay(
  playground: Playground,
  recorder: SessionRecorder,
  library: NamedModels,
): Promise<Uint8Array<ArrayBuffer>> {
  playground.editor.changes.assertLive();
  const { simulation } = playground;
  // The record and the digest must be of the same moment, so nothing is awaited in between.
  const record = recorder.take();
  const digest = stateDigest(simulation);
  const { step } = simulation.time;
  const settings = { ...playground.settings.values };
  const renderer = simulation.device.renderer.slice(0, 400);

  const models = modelsOf(record);
  const inks: Uint8Array[] = [];
  const events = record.events.map(({ after, operation }): ReplayEvent => {
    if (operation.kind === 'tile') inks.push(operation.image);
    else if (operation.kind === 'stamp') inks.push(operation.ink);
    return eventOf(after, operation, models);
  });
  const images = new Uint8Array(inks.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const ink of inks) {
    images.set(ink, offset);
    offset += ink.length;
  }
  const replay: Replay = {
    renderer,
    models: await Promise.all(models.map((model) => describeModel(model, library))),
    start: await startOf(record.start, renderer),
    settings,
    events,
    images,
    end: { after: record.after, step, digest: await digest },
  };
  return encodeReplay(replay);
}

/** The models of a record, starting with the first. */
function modelsOf({ start, events }: SessionRecord): Model[] {
  const models = new Set([start.model]);
  for (const { operation } of events) if (operation.kind === 'model') models.add(operation.model);
  return [...models];
}

async function describeModel(model: Model, library: NamedModels): Promise<Replay['models'][number]> {
  const { name } = model.specification;
  const bytes = encodeModelFile(model);
  const digest = sha256(bytes);
  const shipped = library.has(name) ? await library.load(name).catch(() => null) : null;
  const isShipped = shipped !== null && sha256(encodeModelFile(shipped)) === digest;
  return { name, digest, bytes: isShipped ? null : bytes };
}

async function startOf(start: RecordStart, renderer: string): Promise<Replay['start']> {
  if (start.kind === 'empty') {
    const { seed, strategy } = start;
    const { columns, rows, tile } = start.layout;
    return { kind: 'empty', layout: { columns, rows, tile }, seed, strategy };
  }
  const canvas = await start.canvas;
  const { columns, rows, tile } = canvas.layout;
  const bytes = await encodeScene({
    ...canvas,
    renderer,
    strategy: start.strategy,
    settings: {},
    camera: { x: (columns * tile) / 2, y: (rows * tile) / 2, zoom: 1 },
    model: encodeModelFile(start.model),
  });
  return { kind: 'scene', bytes };
}

function eventOf(after: number, operation: RecordedOperation, models: readonly Model[]): ReplayEvent {
  switch (operation.kind) {
    case 'begin':
    case 'end':
    case 'revert':
    case 'forget':
    case 'reset':
    case 'strategy':
    case 'tune': {
      const { kind, ...rest } = operation;
      return { do: kind, after, ...rest } as ReplayEvent;
    }
    case 'model':
      return { do: 'model', after, model: models.indexOf(operation.model), strategy: operation.strategy };
    case 'layout': {
      const { columns, rows, tile } = operation.layout;
      return { do: 'layout', after, layout: { columns, rows, tile } };
    }
    default:
      return encodeOperation(after, operation);
  }
}
