/** Messages between the launcher and its server process. */
import type { KioskSettings } from '../../page/features/kiosk/settings.ts';

export type ToServer =
  | {
      readonly type: 'serve';
      readonly folder: string;
      readonly settings: KioskSettings;
      /** The name of the model that should run. */
      readonly model: string;
      /** When the launcher was started, in seconds since 1970. */
      readonly launcherStartSeconds: number;
      /** The folder for the daily counts. */
      readonly stateFolder: string;
      readonly host: string | null;
      readonly port: number | null;
    }
  | { readonly type: 'browserStarted'; readonly count: number }
  /** The requested picture, a PNG in base64; null if there is none. */
  | { readonly type: 'picture'; readonly id: number; readonly png: string | null };

export type FromServer =
  | { readonly type: 'listening'; readonly address: string; readonly port: number }
  /** The operator wants to see the screen. */
  | { readonly type: 'wantPicture'; readonly id: number }
  /** A line for the log. */
  | { readonly type: 'log'; readonly line: string }
  /** The server could not be started; the message is one line for the user. */
  | { readonly type: 'fault'; readonly message: string };
