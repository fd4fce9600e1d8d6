/** Settings from a file or a link, which may have been made by another version of the page. */
import type { ModelSpecification } from '../common/model/specification.ts';
import { SettingError, Settings, type SettingValues } from './settings.ts';

export interface AcceptedSettings {
  readonly settings: Partial<SettingValues>;
  /** Names of those that this page does not know, or cannot set so. */
  readonly unknown: readonly string[];
}

/** Of these settings those that this page can take with a model. */
export function acceptableSettings(
  given: Readonly<Record<string, unknown>>,
  { channels, classes }: ModelSpecification,
): AcceptedSettings {
  const trial = new Settings();
  trial.setCount(['channel', 'channelGreen', 'channelBlue'], channels.count);
  trial.setCount(['stamp'], classes.length);
  const settings: Record<string, unknown> = {};
  const unknown: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    try {
      trial.set({ [name]: value });
      settings[name] = value;
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      unknown.push(name);
    }
  }
  return { settings, unknown };
}
