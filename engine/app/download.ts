import { makeElement } from './elements.ts';

/** Long enough for every browser to have started the download. */
const KEEP_MILLISECONDS = 60_000;

/** Hands bytes to the user as a file. */
export function download(bytes: Uint8Array<ArrayBuffer>, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = makeElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEEP_MILLISECONDS);
}
