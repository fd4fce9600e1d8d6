/**
 * The map for the phones. Members of the wall send the tiles that have changed; each phone gets those that it shows, so
 * many bytes a second at most. What a phone costs follows from what changes in its view, whatever the size of the wall.
 */
import { decodeTiles } from '../../../../together/hands/map-code.ts';

export interface MapLayout {
  readonly columns: number;
  readonly rows: number;
  readonly tile: number;
}

export interface View {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface KeptTile {
  readonly packet: Uint8Array;
  readonly version: number;
}

export class MapKeeper {
  readonly layout: MapLayout;
  readonly #tiles: (KeptTile | null)[];
  #version = 0;

  constructor(layout: MapLayout) {
    this.layout = layout;
    this.#tiles = Array.from({ length: layout.columns * layout.rows }, () => null);
  }

  /** Rises with every change. */
  get version(): number {
    return this.#version;
  }

  /**
   * Takes a packet of tiles from a member, and returns whether it was sound; a broken one changes nothing.
   */
  take(packet: Uint8Array): boolean {
    const { tile } = this.layout;
    const found: { readonly tile: number; readonly packet: Uint8Array }[] = [];
    let isKnown = true;
    let from = 0;
    const isSound = decodeTiles(packet, tile * tile, (number, _cells, end) => {
      isKnown &&= number < this.#tiles.length;
      found.push({ tile: number, packet: packet.slice(from, end) });
      from = end;
    });
    if (!isSound || !isKnown) return false;
    for (const each of found) {
      const before = this.#tiles[each.tile];
      if (before && Buffer.compare(before.packet, each.packet) === 0) continue;
      this.#version += 1;
      this.#tiles[each.tile] = { packet: each.packet, version: this.#version };
    }
    return true;
  }

  /** Forgets everything, for example when the members start again. */
  clear(): void {
    this.#tiles.fill(null);
    this.#version += 1;
  }

  /** The tile of this number, if it has changed since a version. */
  since(tile: number, version: number): KeptTile | null {
    const kept = this.#tiles[tile];
    return kept && kept.version > version ? kept : null;
  }

  /** The numbers of the tiles in a view, in reading order. */
  *tilesIn({ x, y, width, height }: View): Generator<number> {
    const { columns, rows, tile } = this.layout;
    const clamp = (cells: number, most: number): number => Math.min(most, Math.max(0, Math.floor(cells / tile)));
    const right = clamp(x + width, columns - 1);
    const bottom = clamp(y + height, rows - 1);
    for (let row = clamp(y, rows - 1); row <= bottom; row += 1) {
      for (let column = clamp(x, columns - 1); column <= right; column += 1) yield row * columns + column;
    }
  }
}

/** What one phone has of the map. */
export class MapReader {
  readonly #keeper: MapKeeper;
  /** The version of each tile that it has. */
  readonly #versions: Float64Array;
  #view: View;
  /** The place in the view where the next packet begins, so that no tile waits for ever. */
  #next = 0;

  constructor(keeper: MapKeeper) {
    const { columns, rows, tile } = keeper.layout;
    this.#keeper = keeper;
    this.#versions = new Float64Array(columns * rows);
    this.#view = { x: 0, y: 0, width: columns * tile, height: rows * tile };
  }

  look(view: View): void {
    this.#view = view;
    this.#next = 0;
  }

  /** The next packet of changed tiles in the view, of about so many bytes at most; null if there are none. */
  next(mostBytes: number): Uint8Array | null {
    const tiles = [...this.#keeper.tilesIn(this.#view)];
    const packets: Uint8Array[] = [];
    let bytes = 0;
    let count = 0;
    for (; count < tiles.length && bytes < mostBytes; count += 1) {
      const tile = tiles[(this.#next + count) % tiles.length];
      const kept = this.#keeper.since(tile, this.#versions[tile]);
      if (!kept) continue;
      this.#versions[tile] = kept.version;
      packets.push(kept.packet);
      bytes += kept.packet.length;
    }
    this.#next = tiles.length === 0 ? 0 : (this.#next + count) % tiles.length;
    return packets.length === 0 ? null : Buffer.concat(packets);
  }
}
