/** A WebGL2 context in which something fails. Runs in the page, before its scripts. */

export type GlFault =
  | { readonly kind: 'none' }
  /** The call number `at` of a method returns null. */
  | { readonly kind: 'null'; readonly method: string; readonly at: number }
  | { readonly kind: 'incomplete'; readonly at: number }
  | { readonly kind: 'uncompilable'; readonly at: number }
  | {
      readonly kind: 'poor';
      readonly textureSize?: number;
      readonly drawBuffers?: number;
      readonly withoutExtensions?: readonly string[];
    }
  /** The context goes with call number `at` of all, and comes back a moment later. */
  | { readonly kind: 'lose'; readonly at: number };

declare global {
  interface Window {
    /** Calls by method, and of `all`. */
    glCalls: Record<string, number>;
  }
}

export function installGlFault(fault: GlFault): void {
  const calls: Record<string, number> = { all: 0 };
  window.glCalls = calls;
  const prototype = WebGL2RenderingContext.prototype;
  const count = (name: string): number => {
    calls[name] = (calls[name] ?? 0) + 1;
    return calls[name] - 1;
  };
  const lose = (gl: WebGL2RenderingContext): void => {
    const extension = gl.getExtension('WEBGL_lose_context');
    extension?.loseContext();
    setTimeout(() => extension?.restoreContext(), 150);
  };
  const instead = (name: string, gl: WebGL2RenderingContext, given: unknown[], result: () => unknown): unknown => {
    const index = count(name);
    if (fault.kind === 'null' && fault.method === name && fault.at === index) return null;
    if (fault.kind === 'incomplete' && name === 'checkFramebufferStatus' && index === fault.at) {
      return gl.FRAMEBUFFER_UNSUPPORTED;
    }
    if (fault.kind === 'uncompilable' && name === 'shaderSource' && index === fault.at) given[1] = 'no shader';
    if (fault.kind === 'poor') {
      const { textureSize, drawBuffers, withoutExtensions = [] } = fault;
      if (name === 'getParameter' && textureSize !== undefined && given[0] === gl.MAX_TEXTURE_SIZE) return textureSize;
      if (name === 'getParameter' && drawBuffers !== undefined && given[0] === gl.MAX_DRAW_BUFFERS) return drawBuffers;
      if (name === 'getExtension' && withoutExtensions.includes(String(given[0]))) return null;
    }
    return result();
  };
  let isInside = false;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
    const value: unknown = descriptor?.value;
    if (typeof value !== 'function' || !descriptor?.writable || name === 'constructor' || name === 'isContextLost')
      continue;
    const method = value as (...given: unknown[]) => unknown;
    Reflect.set(prototype, name, function (this: WebGL2RenderingContext, ...given: unknown[]) {
      if (isInside) return method.apply(this, given);
      isInside = true;
      try {
        if (count('all') === (fault.kind === 'lose' ? fault.at : -1)) lose(this);
        return instead(name, this, given, () => method.apply(this, given));
      } finally {
        isInside = false;
      }
    });
  }
}
