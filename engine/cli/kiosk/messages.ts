/** What the launcher and its server process tell each other. */
import type { KioskSettings } from '../../app/kiosk/settings.ts';

export type ToServer =
  | {
      readonly type: 'serve';
      readonly folder: string;
      readonly settings: KioskSettings;
      readonly host: string | null;
      readonly port: number | null;
    }
  | { readonly type: 'browserStarted'; readonly count: number };

export type FromServer =
  | { readonly type: 'listening'; readonly address: string; readonly port: number }
  /** The server could not be started; the message is one line for the user. */
  | { readonly type: 'fault'; readonly message: string };
