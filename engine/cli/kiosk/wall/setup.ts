/** What a wall's room needs to know. */
import type { WallScreen } from '../../../together/geometry.ts';
import type { WallCanvas } from '../../../together/messages.ts';
import type { Gate } from './gate.ts';
import type { Store } from './journal.ts';

export interface WallSetup {
  readonly canvas: WallCanvas;
  readonly stepsPerSecond: number;
  readonly delayMilliseconds: number;
  /** Where the screens are, in the order of their numbers. */
  readonly screens: readonly WallScreen[];
  /** The number of the screen that shows captions; 0 for none. */
  readonly captionScreen: number;
  /** Addresses of all servers of the wall, this one included. */
  readonly servers: readonly string[];
  readonly gate: Gate;
  /** Whether it is within the opening hours. */
  readonly isOpen: () => boolean;
  /** Opens the records of the room. */
  readonly openStore: () => Store;
  /** The address at which other pages reach this process, if there are several. */
  readonly publicAddress?: string;
  /** The Redis of several processes. */
  readonly redis?: string;
  /** The folder of the site. */
  readonly site: string;
  readonly log: (line: string) => void;
}
