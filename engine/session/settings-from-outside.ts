/** Settings from a file or a link, which may come from another version of the page. */
import type { ModelSpecification } from '../common/model/specification.ts';
import { SettingError, Settings, type SettingValues } from './settings.ts';

export interface AcceptedSettings {
  readonly settings: Partial<SettingValues>;
  /** The names of settings that this page does not know, or whose values it does not accept. */
  readonly unknown: readonly string[];
}

/** Returns those of the given settings that this page accepts with a model. */
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
