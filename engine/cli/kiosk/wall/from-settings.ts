/** What a wall's room needs to know, from the exhibit's settings. */
import { join } from 'node:path';
import { makeFolder } from '../../../command-line/files.ts';
import { columnsFor } from '../../../together/geometry.ts';
import type { WallCanvas } from '../../../together/messages.ts';
import { isOpen, wallTime } from '../../../page/features/kiosk/hours.ts';
import type { KioskSettings } from '../../../page/features/kiosk/settings.ts';
import { screensOf, type WallSettings } from '../../../page/features/kiosk/wall-settings.ts';
import { FileStore } from './file-store.ts';
import { Gate } from './gate.ts';
import { RedisStore } from './redis-store.ts';
import type { WallSetup } from './setup.ts';

/** The rows of tiles if the settings give none. */
const ROWS = 6;

interface Given {
  readonly settings: KioskSettings;
  readonly wall: WallSettings;
  /** The name of the model that runs. */
  readonly model: string;
  /** The folder of the site. */
  readonly site: string;
  readonly stateFolder: string;
  readonly log: (line: string) => void;
}

export function wallSetup({ settings, wall, model, site, stateFolder, log }: Given): WallSetup {
  const screens = screensOf(wall);
  const { seed, palette, view, dropout, stepsPerSecond } = settings;
  const { tile, rows = ROWS, columns = columnsFor(screens, rows) } = settings.canvas;
  const canvas: WallCanvas = {
    ...{ model, columns, rows, tile, seed, palette, view },
    strategy: wall.strategy,
    dropout: dropout ?? null,
  };
  const { redis, servers, server, token = '', delayMilliseconds, captionScreen } = wall;
  const own = server === undefined ? undefined : servers[server - 1];
  const tokens = token === '' ? [] : [token];
  return {
    canvas,
    stepsPerSecond,
    delayMilliseconds,
    screens,
    captionScreen,
    servers,
    gate: new Gate({ screen: () => tokens, hand: () => tokens, operator: () => tokens }),
    isOpen: () => isOpen(settings.openingHours, wallTime(new Date(), settings.timeZone)),
    openStore: () => {
      if (redis !== undefined) return new RedisStore(redis, `${process.pid}-${performance.timeOrigin}`);
      makeFolder(stateFolder);
      return new FileStore(join(stateFolder, 'wall.log'));
    },
    ...(own === undefined ? {} : { publicAddress: new URL(own).host }),
    ...(redis === undefined ? {} : { redis }),
    site,
    log,
  };
}
