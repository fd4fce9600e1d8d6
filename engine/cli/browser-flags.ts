/**
 * WebGL2 in software, the same picture on every machine, for headless browsers of the Chromium family.
 */
export const SOFTWARE_WEBGL_FLAGS = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  // Letters and lines are drawn quicker by the processor itself than by one that plays a GPU.
  '--disable-gpu-rasterization',
  '--disable-background-networking',
] as const;
