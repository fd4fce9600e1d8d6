/** The records of a wall in a file, for a wall with one server. */
import { type FileHandle, open, readFile, rename, writeFile } from 'node:fs/promises';
import type { Store } from './journal.ts';

const LENGTH_BYTES = 4;

export class FileStore implements Store {
  readonly #path: string;
  #file: FileHandle | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  async read(): Promise<Uint8Array[]> {
    const bytes = await readFile(this.#path).catch(() => new Uint8Array());
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const records: Uint8Array[] = [];
    for (let offset = 0; offset + LENGTH_BYTES <= bytes.length;) {
      const end = offset + LENGTH_BYTES + view.getUint32(offset, true);
      // The last record is cut off if the machine lost power meanwhile; nobody was told of it.
      if (end > bytes.length) break;
      records.push(bytes.subarray(offset + LENGTH_BYTES, end));
      offset = end;
    }
    return records;
  }

  async append(record: Uint8Array): Promise<void> {
    this.#file ??= await open(this.#path, 'a', 0o600);
    await this.#file.write(framed(record));
  }

  async replace(records: readonly Uint8Array[]): Promise<void> {
    const temporary = `${this.#path}.new`;
    await writeFile(temporary, Buffer.concat(records.map(framed)), { mode: 0o600 });
    await this.#file?.close();
    this.#file = null;
    await rename(temporary, this.#path);
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }
}

function framed(record: Uint8Array): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(record.length);
  return Buffer.concat([length, record]);
}
