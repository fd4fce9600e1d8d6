/** Hands a file to the visitor, as a download. */

/** Browsers read it after the click; a minute is long enough for any disk. */
const KEPT_MILLISECONDS = 60_000;

export function download(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MILLISECONDS);
}

/** Such as `digits-accurate-step-120.png`. */
export function fileName(model: string, step: number, suffix: string): string {
  const plain = model.replace(/[^\w-]+/g, '-').slice(0, 40);
  return `digits-${plain}-step-${step}.${suffix}`;
}
