/** What the launcher and its server process tell each other. */
import type { KioskSettings } from '../../app/kiosk/settings.ts';

export type ToServer =
  | {
      readonly type: 'serve';
      readonly folder: string;
      readonly settings: KioskSettings;
      /** Name of the model that runs if all is as it should be. */
      readonly model: string;
      /** When the launcher was started, in seconds since 1970. */
      readonly launcherStartSeconds: number;
      readonly host: string | null;
      readonly port: number | null;
    }
  | { readonly type: 'browserStarted'; readonly count: number };

export type FromServer =
  | { readonly type: 'listening'; readonly address: string; readonly port: number }
  /** The server could not be started; the message is one line for the user. */
  | { readonly type: 'fault'; readonly message: string };
