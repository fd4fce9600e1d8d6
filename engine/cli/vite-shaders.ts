/**
 * Sends the text of a changed shader to the page, which compiles it into the running simulation; see `page/shell/dev`.
 */
import { basename, dirname } from 'node:path';
import type { Plugin } from 'vite';
import { SHADER_EVENT, type ChangedShader } from '../page/shell/dev/shader-event.ts';

/** @param folder the folder of the shaders, as an absolute path */
export function viteShaders(folder: string): Plugin {
  return {
    name: 'shaders',
    apply: 'serve',
    async hotUpdate({ type, file, read }) {
      if (this.environment.name !== 'client' || type !== 'update' || dirname(file) !== folder) return;
      const changed: ChangedShader = { name: basename(file), text: await read() };
      this.environment.hot.send(SHADER_EVENT, changed);
      // Nothing else has to be reloaded.
      return [];
    },
  };
}
