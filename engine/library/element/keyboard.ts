/** Keyboard control of the canvas: the arrow keys choose a tile, and other keys change its content. */
import type { DigitSimulation } from '../index.ts';

export const KEYS_IN_WORDS =
  'The arrow keys choose a tile. A digit key writes that digit into it, D clears the state of its cells, Delete empties it. Control Z undoes. Space pauses.';
export const READ_ONLY_KEYS_IN_WORDS = 'The arrow keys choose a tile. Space pauses.';

const ARROWS: Readonly<Record<string, readonly [columns: number, rows: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The radius of the eraser that empties a tile, in cells. */
const ERASER_RADIUS = 3;

export interface KeyboardHost {
  readonly canvas: HTMLCanvasElement;
  readonly simulation: DigitSimulation;
  /** Returns false while the GPU's context is lost. */
  readonly isLive: () => boolean;
  readonly isReadOnly: () => boolean;
  readonly togglePause: () => void;
  /** Called when another tile is chosen, or when the canvas has a different size. */
  readonly chosen: (tile: number, isNew: boolean) => void;
}

/** Connects the keys. Returns a function that removes the listeners. */
export function connectKeyboard(host: KeyboardHost): () => void {
  const { canvas, simulation } = host;
  const stopped = new AbortController();
  let [column, row] = [0, 0];

  const choose = (isNew: boolean): void => {
    const { columns, rows } = simulation.info;
    column = Math.min(columns - 1, Math.max(0, column));
    row = Math.min(rows - 1, Math.max(0, row));
    host.chosen(row * columns + column, isNew);
  };

  /** Performs the action of a key. Returns false for keys that have none. */
  const press = ({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => {
    const { tile, classes } = simulation.info;
    const centre = { x: (column + 0.5) * tile, y: (row + 0.5) * tile };
    const letter = key.toLowerCase();
    if (altKey) return false;
    if (ctrlKey || metaKey) {
      if (host.isReadOnly() || (letter !== 'z' && letter !== 'y')) return false;
      if (letter === 'y' || shiftKey) simulation.redo();
      else simulation.undo();
      return true;
    }
    const arrow = ARROWS[key];
    if (arrow) {
      column += arrow[0];
      row += arrow[1];
      choose(true);
      return true;
    }
    if (key === ' ') {
      host.togglePause();
      return true;
    }
    if (host.isReadOnly()) return false;
    if (/^[0-9]$/.test(key) && classes.includes(key)) simulation.stamp(centre, classes.indexOf(key));
    else if (letter === 'd') simulation.damage([centre], tile / 3);
    else if (key === 'Delete' || key === 'Backspace') emptyTile(simulation, column * tile, row * tile, tile);
    else return false;
    return true;
  };

  const options = { signal: stopped.signal };
  canvas.addEventListener(
    'keydown',
    (event) => {
      if (host.isLive() && press(event)) event.preventDefault();
    },
    options,
  );
  canvas.addEventListener('focus', () => choose(false), options);
  const observer = new ResizeObserver(() => choose(false));
  observer.observe(canvas);
  const stopLayout = simulation.on('layout', () => choose(false));
  return () => {
    stopped.abort();
    observer.disconnect();
    stopLayout();
  };
}

/** Erases the tile line by line, in one stroke that stays inside it. */
function emptyTile(simulation: DigitSimulation, left: number, top: number, tile: number): void {
  const [near, far] = [ERASER_RADIUS, tile - ERASER_RADIUS];
  const points: { x: number; y: number }[] = [];
  for (let y = near; ; y = Math.min(far, y + ERASER_RADIUS)) {
    const [from, to] = points.length % 4 === 0 ? [near, far] : [far, near];
    points.push({ x: left + from, y: top + y }, { x: left + to, y: top + y });
    if (y === far) break;
  }
  simulation.paint(points, { radius: ERASER_RADIUS, erase: true });
}
