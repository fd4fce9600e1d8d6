/** Colours as sRGB bytes, and the arithmetic that palettes need. */

/** Red, green and blue, sRGB, 0…255. */
export type Color = readonly [red: number, green: number, blue: number];

/** Converts an sRGB byte to linear light, 0…1 (IEC 61966-2-1). */
export function linearFromByte(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Converts linear light to an sRGB byte, clamped. */
export function byteFromLinear(light: number): number {
  const clamped = Math.min(1, Math.max(0, light));
  const value = clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * clamped ** (1 / 2.4) - 0.055;
  return Math.round(value * 255);
}

/** Converts linear light to OKLab: lightness 0…1 and two colour axes (B. Ottosson 2020, "A perceptual color space"). */
export function oklabFromLinear([red, green, blue]: Color): Color {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** The inverse of {@link oklabFromLinear}. Colours outside the sRGB gamut may be outside 0…1. */
export function linearFromOklab([lightness, a, b]: Color): Color {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/**
 * Returns a colour with the given lightness 0…1, chroma, and hue in degrees (OKLCH). The chroma is reduced until the
 * colour is in the sRGB gamut.
 */
export function colorFromLch(lightness: number, chroma: number, hueDegrees: number): Color {
  const hue = (hueDegrees * Math.PI) / 180;
  for (let held = chroma; ; held *= 0.95) {
    const light = linearFromOklab([lightness, held * Math.cos(hue), held * Math.sin(hue)]);
    const inside = light.every((value) => value >= -1e-4 && value <= 1.0001);
    if (inside || held < 1e-3) {
      return [byteFromLinear(light[0]), byteFromLinear(light[1]), byteFromLinear(light[2])];
    }
  }
}

/** Rotates the hue of a colour by the given angle in degrees. The lightness stays. */
export function turnHue(color: Color, degrees: number): Color {
  if (degrees % 360 === 0) return color;
  const [lightness, a, b] = oklabFromLinear([
    linearFromByte(color[0]),
    linearFromByte(color[1]),
    linearFromByte(color[2]),
  ]);
  const hueDegrees = (Math.atan2(b, a) * 180) / Math.PI;
  return colorFromLch(lightness, Math.hypot(a, b), hueDegrees + degrees);
}

/** The colour in CSS syntax. */
export function cssColor([red, green, blue]: Color): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** The WCAG 2 contrast ratio of two colours, 1…21. */
export function contrastRatio(one: Color, other: Color): number {
  const [low, high] = [relativeLuminance(one), relativeLuminance(other)].sort((a, b) => a - b);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

function relativeLuminance([red, green, blue]: Color): number {
  return 0.2126 * linearFromByte(red) + 0.7152 * linearFromByte(green) + 0.0722 * linearFromByte(blue);
}
