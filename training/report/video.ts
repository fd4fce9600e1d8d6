/** Films as MP4 files. */
import { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, Output } from 'mediabunny';
import { encodeH264, MACROBLOCK, PROFILE, type H264Film } from './h264.ts';
import type { Color, Sheet } from './paint.ts';

const LAST_FRAME_SECONDS = 1;

function bigEndian(value: number, length: number): number[] {
  return Array.from({ length }, (_, index) => (value >>> (8 * (length - 1 - index))) & 0xff);
}

/** What a player needs before the first frame (ISO/IEC 14496-15, 5.3.3). */
function describeFilm({ sequence, picture }: H264Film): Uint8Array {
  const fourByteLengths = 0xff;
  const oneSequence = 0xe1;
  const sequencePart = [oneSequence, ...bigEndian(sequence.length, 2), ...sequence];
  const picturePart = [1, ...bigEndian(picture.length, 2), ...picture];
  return Uint8Array.from([1, ...PROFILE, fourByteLengths, ...sequencePart, ...picturePart]);
}

/** An MP4 file of frames that each stay for `frameSeconds`, the last for a second; a cell is 16 pixels. */
export async function encodeMp4(
  frames: readonly Sheet[],
  palette: readonly Color[],
  frameSeconds: number,
): Promise<Uint8Array> {
  const film = encodeH264(frames, palette);
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat(), target });
  const track = new EncodedVideoPacketSource('avc');
  output.addVideoTrack(track);
  await output.start();
  const decoderConfig = {
    codec: `avc1.${PROFILE.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`,
    codedWidth: frames[0].width * MACROBLOCK,
    codedHeight: frames[0].height * MACROBLOCK,
    description: describeFilm(film),
  };
  for (const [index, unit] of film.frames.entries()) {
    const duration = index === frames.length - 1 ? LAST_FRAME_SECONDS : frameSeconds;
    const data = Uint8Array.from([...bigEndian(unit.length, 4), ...unit]);
    await track.add(new EncodedPacket(data, index === 0 ? 'key' : 'delta', index * frameSeconds, duration), {
      decoderConfig,
    });
  }
  await output.finalize();
  if (!target.buffer) throw new Error('The film has no bytes.');
  return new Uint8Array(target.buffer);
}
