/** Flags for headless browsers of the Chromium family: WebGL2 in software, with the same picture on every machine. */
export const SOFTWARE_WEBGL_FLAGS = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  // The CPU draws letters and lines faster directly than by emulating a GPU.
  '--disable-gpu-rasterization',
  '--disable-background-networking',
] as const;
