/** Offers a file to the user as a download. */
import { makeElement } from './elements.ts';

/** Browsers read the file after the click. A minute is long enough for any disk. */
const KEPT_MILLISECONDS = 60_000;

export function download(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = makeElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MILLISECONDS);
}
