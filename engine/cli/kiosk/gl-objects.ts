/** Counts all GL objects of a page, for tests that nothing is leaked. */
import type { Page } from 'playwright';

/** Call before the page is opened. */
export async function countGlObjects(page: Page): Promise<void> {
  await page.addInitScript(keepObjects);
}

/** Returns the current number of objects, by kind. */
export function glObjects(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => {
    const counts: Record<string, number> = {};
    for (const object of (window as unknown as { glObjects: Set<object> }).glObjects) {
      const kind = object.constructor.name.replace('WebGL', '');
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return counts;
  });
}

/** Returns the current number of objects. */
export async function countOfGlObjects(page: Page): Promise<number> {
  return Object.values(await glObjects(page)).reduce((sum, count) => sum + count, 0);
}

/** Runs in the page: keeps the existing objects in `window.glObjects`. Losing the context removes all of them. */
function keepObjects(): void {
  const objects = new Set<unknown>();
  Object.assign(window, { glObjects: objects });
  const prototype = WebGL2RenderingContext.prototype as unknown as Record<string, (...values: unknown[]) => unknown>;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const makes = /^(create|fenceSync)/.test(name);
    if (!makes && !name.startsWith('delete')) continue;
    const original = prototype[name];
    prototype[name] = function (this: WebGL2RenderingContext, ...values: unknown[]) {
      const result = original.apply(this, values);
      // Objects that are created on a lost context do not count.
      if (makes && result !== null && !this.isContextLost()) objects.add(result);
      else if (!makes) objects.delete(values[0]);
      return result;
    };
  }
  window.addEventListener('webglcontextlost', () => objects.clear(), { capture: true });
}
