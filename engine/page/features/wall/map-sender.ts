/** Sends the map for phones: on the screen that leads, what each cell shows, by tiles, as far as it has changed. */
import type { Playground } from '../../../session/playground.ts';
import { encodeTile, FIRST_CLASS, NO_INK, UNDECIDED } from '../../../together/hands/map-code.ts';
import type { Color } from '../../../view/color.ts';
import { makePalette } from '../../../view/palettes.ts';
import type { WallConnection } from './connection.ts';

const SEND_MILLISECONDS = 300;
/** What one message holds at most; the rest waits for the next one. */
const MOST_BYTES = 32 * 1024;

/** The labels of cells without ink, and of undecided ones, as they are read back. */
const LABEL_NO_INK = -1;
const LABEL_UNDECIDED = -2;

export class MapSender {
  readonly #connection: WallConnection;
  #leads = false;
  #hasPhones = false;
  /** The cells of each tile, as they were sent. */
  #sent: (Uint8Array | undefined)[] = [];

  /** Listens from the beginning, since the room says who leads before the page is ready. */
  constructor(connection: WallConnection) {
    const { events } = connection;
    this.#connection = connection;
    events.on('lead', ({ leads }) => {
      if (leads !== this.#leads) this.#sent = [];
      this.#leads = leads;
    });
    events.on('code', (code) => {
      this.#hasPhones = code !== null;
    });
    events.on('welcome', () => {
      this.#sent = [];
    });
  }

  /** Sends the map from now on, while this screen leads and phones may draw. */
  start(playground: Playground): void {
    const isWanted = this.#leads && this.#hasPhones && this.#connection.isOpen && playground.live;
    const sending = isWanted ? this.#send(playground) : Promise.resolve();
    sending
      // A context that was lost meanwhile is restored by others; the whole map follows then.
      .catch(() => {
        this.#sent = [];
      })
      .finally(() => playground.clock.after(SEND_MILLISECONDS, () => this.start(playground)));
  }

  async #send({ simulation, settings }: Playground): Promise<void> {
    const { columns, rows, tile } = simulation.layout;
    const { data } = await simulation.measurement.readLabels();
    const packets: Uint8Array[] = [];
    let bytes = 0;
    for (let number = 0; number < columns * rows && bytes < MOST_BYTES; number += 1) {
      const cells = cellsOf(data, number, columns, tile);
      if (isSame(cells, this.#sent[number])) continue;
      this.#sent[number] = cells;
      const packet = encodeTile(number, cells);
      packets.push(packet);
      bytes += packet.length;
    }
    if (packets.length === 0) return;
    const { palette, hueShift } = settings.values;
    const { background, undecided, classes } = makePalette(palette, simulation.model.specification.classes, hueShift);
    const colors = [background, undecided, ...classes].map(hexOf);
    this.#connection.send('map', { colors, bytes: joined(packets, bytes) });
  }
}

function cellsOf(labels: Int8Array, number: number, columns: number, tile: number): Uint8Array {
  const width = columns * tile;
  const start = Math.floor(number / columns) * tile * width + (number % columns) * tile;
  const cells = new Uint8Array(tile * tile);
  for (let row = 0; row < tile; row += 1) {
    for (let column = 0; column < tile; column += 1) {
      cells[row * tile + column] = valueOf(labels[start + row * width + column]);
    }
  }
  return cells;
}

function valueOf(label: number): number {
  if (label === LABEL_NO_INK) return NO_INK;
  return label === LABEL_UNDECIDED ? UNDECIDED : FIRST_CLASS + label;
}

function isSame(one: Uint8Array, other: Uint8Array | undefined): boolean {
  return other !== undefined && one.every((value, index) => value === other[index]);
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function hexOf(color: Color): string {
  return `#${color.map((byte) => Math.round(byte).toString(16).padStart(2, '0')).join('')}`;
}
