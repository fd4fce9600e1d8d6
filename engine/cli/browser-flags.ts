/**
 * WebGL2 in software, the same picture on every machine, for headless browsers of the Chromium family.
 */
export const SOFTWARE_WEBGL_FLAGS = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
] as const;
