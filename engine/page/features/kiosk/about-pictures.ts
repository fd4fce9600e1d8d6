/** The three pictures of “What is this?”, drawn from the page's own handwriting in the colours of the exhibit. */
import { drawDigit } from '../../../common/handwriting/draw-digit.ts';
import type { ModelClass } from '../../../common/model/specification.ts';
import { Random } from '../../../common/random/random.ts';
import { type Color, contrastRatio, cssColor } from '../../../view/color.ts';
import { makePalette, type Palette, type PaletteName } from '../../../view/palettes.ts';
import { digitOf } from '../../../session/handwritten.ts';

const SEED = 4;
const SIDE = 28;
/** The least ink of a live cell, as a byte. */
const ALIVE = 96;

/** Cells along a side of the first picture, a close-up. */
const NEAR_SIDE = 9;
/** Pixels along a side of a picture; divisible by either number of cells. */
const PIXELS = SIDE * NEAR_SIDE;

/** Draws a cell with its neighbours, a digit whose cells argue, and one whose cells agree. */
export function drawPictures(
  canvases: readonly HTMLCanvasElement[],
  palette: PaletteName,
  classes: readonly ModelClass[],
): void {
  const made = makePalette(palette, classes);
  const { background, undecided, alarm } = made;
  const [answer = null, other = answer] = easiestToSee(made, classes);
  const random = new Random(SEED);
  const ink = drawDigit(random, answer?.digit ?? 0);
  const colorOf = (read: SeenDigit | null): Color => read?.color ?? undecided;
  const isInk = (x: number, y: number): boolean => ink[y * SIDE + x] >= ALIVE;
  const chance = Array.from({ length: SIDE * SIDE }, () => random.unit());
  const middle = middleOf(isInk);
  const [near, arguing, agreeing] = canvases.map((canvas) => contextOf(canvas, background));
  if (near) {
    const from = { x: middle.x - (NEAR_SIDE - 1) / 2, y: middle.y - (NEAR_SIDE - 1) / 2 };
    fillCells(near, NEAR_SIDE, (x, y) => (isInk(from.x + x, from.y + y) ? undecided : null));
    frame(near, { x: (NEAR_SIDE - 3) / 2, y: (NEAR_SIDE - 3) / 2, side: 3 }, alarm);
    fillCells(near, NEAR_SIDE, (x, y) => (from.x + x === middle.x && from.y + y === middle.y ? alarm : null));
  }
  if (arguing) {
    fillCells(arguing, SIDE, (x, y) => {
      if (!isInk(x, y)) return null;
      const share = chance[y * SIDE + x];
      if (share < 0.2) return undecided;
      return colorOf(y < SIDE / 2 === share < 0.85 ? other : answer);
    });
  }
  if (agreeing) fillCells(agreeing, SIDE, (x, y) => (isInk(x, y) ? colorOf(answer) : null));
}

interface SeenDigit {
  readonly digit: number;
  readonly color: Color;
  /** Its contrast to the paper or to undecided ink, whichever is lower. */
  readonly contrast: number;
}

/** The digits that the handwriting can write, sorted by how much their colours stand out. */
function easiestToSee(
  { classes: colors, background, undecided }: Palette,
  classes: readonly ModelClass[],
): SeenDigit[] {
  return classes
    .flatMap((entry, label): SeenDigit[] => {
      const digit = digitOf(entry);
      const color = colors[label];
      if (digit === null || !color) return [];
      return [{ digit, color, contrast: Math.min(contrastRatio(color, background), contrastRatio(color, undecided)) }];
    })
    .sort((one, two) => two.contrast - one.contrast);
}

function contextOf(canvas: HTMLCanvasElement, background: Color): CanvasRenderingContext2D | null {
  canvas.width = PIXELS;
  canvas.height = PIXELS;
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.fillStyle = cssColor(background);
  context.fillRect(0, 0, PIXELS, PIXELS);
  return context;
}

/** Fills the cells that have a colour, with a small gap between them. */
function fillCells(
  context: CanvasRenderingContext2D,
  side: number,
  colorOf: (x: number, y: number) => Color | null,
): void {
  const pitch = PIXELS / side;
  const gap = pitch / 9;
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const color = colorOf(x, y);
      if (!color) continue;
      context.fillStyle = cssColor(color);
      context.fillRect(x * pitch + gap / 2, y * pitch + gap / 2, pitch - gap, pitch - gap);
    }
  }
}

function frame(
  context: CanvasRenderingContext2D,
  { x, y, side }: { x: number; y: number; side: number },
  color: Color,
): void {
  const pitch = PIXELS / NEAR_SIDE;
  context.strokeStyle = cssColor(color);
  context.lineWidth = pitch / 5;
  context.strokeRect(x * pitch, y * pitch, side * pitch, side * pitch);
}

/** The cell of ink that is nearest to the middle and has ink above and below. */
function middleOf(isInk: (x: number, y: number) => boolean): { x: number; y: number } {
  let best = { x: SIDE / 2, y: SIDE / 2 };
  let leastDistance = Infinity;
  for (let y = 1; y < SIDE - 1; y += 1) {
    for (let x = 1; x < SIDE - 1; x += 1) {
      const distance = Math.hypot(x - SIDE / 2, y - SIDE / 2);
      if (!isInk(x, y) || !isInk(x, y - 1) || !isInk(x, y + 1) || distance >= leastDistance) continue;
      best = { x, y };
      leastDistance = distance;
    }
  }
  return best;
}
