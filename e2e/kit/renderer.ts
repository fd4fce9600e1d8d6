/** Which renderer draws: pictures of one are compared with pictures of the same one. */
import type { Page } from '@playwright/test';

export interface Renderer {
  /** What draws: `swiftshader`, `llvmpipe`, or the GPU's name in small letters and hyphens. */
  readonly family: string;
  /** Major version of the browser, which brings its own WebGL and software renderer. */
  readonly version: number;
  /** Name of the baselines' folder. */
  readonly folder: string;
  /** As the browser names it. */
  readonly name: string;
  readonly isSoftware: boolean;
}

const SOFTWARE = ['swiftshader', 'llvmpipe', 'softpipe'];

/** The renderer of a page's WebGL2 contexts. */
export async function rendererOf(page: Page): Promise<Renderer> {
  const name = await page.evaluate(() => {
    const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
    if (!gl) return 'none';
    const unmasked = gl.getExtension('WEBGL_debug_renderer_info');
    const found: unknown = gl.getParameter(unmasked ? unmasked.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
    gl.getExtension('WEBGL_lose_context')?.loseContext();
    return String(found);
  });
  const version = Number.parseInt(page.context().browser()?.version() ?? '0', 10);
  return rendererFrom(name, version);
}

/** The renderer that a browser of this version calls so. */
export function rendererFrom(name: string, version: number): Renderer {
  const software = SOFTWARE.find((one) => name.toLowerCase().includes(one));
  const family = software ?? familyOfGpu(name);
  return { family, version, folder: `${family}-${version}`, name, isSoftware: software !== undefined };
}

/** `ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 …)` is `nvidia-geforce-rtx-3060-direct3d11`. */
function familyOfGpu(name: string): string {
  const inner = /^ANGLE \([^,]*, ([^,()]*)/.exec(name)?.[1] ?? name;
  const words = inner.toLowerCase().match(/[a-z0-9]+/g) ?? ['unknown'];
  return words.slice(0, 6).join('-');
}
