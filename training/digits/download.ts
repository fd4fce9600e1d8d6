/** Fetching MNIST from its public mirrors. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { messageOf } from '../../engine/common/error-message.ts';
import { makeFolder, writeFileAtomic } from '../../engine/command-line/files.ts';
import { DataError, unpack } from './idx.ts';
import { findFile, KNOWN_MD5, type MnistPart } from './mnist.ts';

/** Public mirrors of MNIST's gzipped files, tried in this order. */
export const MIRRORS = [
  'https://storage.googleapis.com/cvdf-datasets/mnist/',
  'https://ossci-datasets.s3.amazonaws.com/mnist/',
];

/** The largest packed file has 10 MB. */
const MOST_PACKED_BYTES = 32 * 2 ** 20;
const TIMEOUT_SECONDS = 60;

/** The body of an answer, given up as soon as it is longer than any of MNIST's files. */
async function readBody(response: Response, mostBytes: number): Promise<Uint8Array> {
  if (!response.ok) throw new Error(`it answers ${response.status}`);
  if (!response.body) throw new Error('it answers nothing');
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > mostBytes) throw new Error('its file is far too long');
    parts.push(part);
  }
  return Buffer.concat(parts, size);
}

interface FetchLimits {
  readonly timeoutSeconds: number;
  /** Of a packed file. */
  readonly mostBytes: number;
}

async function fetchFile(file: string, mirror: string, limits: FetchLimits): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(limits.timeoutSeconds * 1000);
  const packed = await readBody(await fetch(new URL(`${file}.gz`, mirror), { signal }), limits.mostBytes);
  const digest = createHash('md5').update(unpack(packed, 'its file')).digest('hex');
  if (digest !== KNOWN_MD5.get(file)) throw new Error(`its file has the MD5 ${digest}, which is not MNIST's`);
  return packed;
}

function reasonOf(fault: unknown): string {
  // fetch hides the reason in `cause`.
  const cause = fault instanceof Error && fault.cause instanceof Error ? fault.cause : fault;
  return messageOf(cause).replace(/\.$/, '');
}

/**
 * Fetches the files of a part that `folder` lacks; each is checked before it is written.
 * @param note gets a sentence for each file that is fetched
 * @throws DataError that says of each mirror why it did not work
 */
export async function fetchMnist(
  folder: string,
  part: MnistPart,
  note: (message: string) => void,
  { mirrors = MIRRORS, timeoutSeconds = TIMEOUT_SECONDS, mostBytes = MOST_PACKED_BYTES } = {},
): Promise<void> {
  for (const file of [part.images, part.labels]) {
    if (findFile(folder, file)) continue;
    const refused: string[] = [];
    let packed: Uint8Array | null = null;
    for (const mirror of mirrors) {
      try {
        note(`Fetching ${file} from ${new URL(mirror).host}.`);
        packed = await fetchFile(file, mirror, { timeoutSeconds, mostBytes });
        break;
      } catch (fault) {
        refused.push(`${new URL(mirror).host}: ${reasonOf(fault)}`);
      }
    }
    if (!packed) {
      throw new DataError(
        `The folder "${folder}" has no ${file}, and no mirror gives it (${refused.join('; ')}); give a folder that has it with --data, or train with --synthetic.`,
      );
    }
    makeFolder(folder);
    writeFileAtomic(join(folder, `${file}.gz`), packed);
  }
}
