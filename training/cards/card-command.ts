/** The command that writes a card, as the card names it. */
import { quoteWord } from '../../engine/command-line/quote.ts';
import { OWN_HAND } from '../strokes/own-hand.ts';

/** What `npm run evaluate` takes if an option is not given. */
export const DEFAULTS = { split: 'validation', limit: '', seed: '0', seeds: '1', drift: '200' };

/** Where MNIST is if no data is named. */
const MNIST_FOLDER = 'data/mnist';

/** The options of `npm run evaluate` that a card depends on. */
export interface CardOptions {
  readonly split: string;
  readonly seed: string;
  readonly seeds: string;
  readonly drift: string;
  readonly limit?: string;
  readonly data?: string;
  readonly images?: readonly string[];
  readonly labels?: readonly string[];
  readonly classes?: string;
  readonly synthetic?: boolean;
  readonly strokes?: string;
  readonly heights?: string;
  readonly radius?: string;
  readonly steps?: string;
  readonly merge?: string;
}

/**
 * The command that writes a card; "DIR" stands for the place of pen strokes, which the card names by their digests.
 * @param mnist whether the data is MNIST, which needs no name, unless further images are measured beside it
 */
export function cardCommand(path: string, card: string, values: CardOptions, mnist: boolean): string {
  const given = (['split', 'limit', 'seed', 'seeds', 'drift'] as const).flatMap((name) => {
    const value = values[name];
    return value === undefined || value === DEFAULTS[name] ? [] : [`--${name} ${value}`];
  });
  const { synthetic, strokes, images = [], labels = [], classes } = values;
  const quoted = (name: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`--${name} ${quoteWord(value)}`];
  const mnistFolder = images.length > 0 ? MNIST_FOLDER : undefined;
  const places = [
    ...quoted('data', mnist ? mnistFolder : values.data),
    ...images.flatMap((file, index) => [...quoted('images', file), ...quoted('labels', labels[index])]),
    ...quoted('classes', classes),
  ];
  const ofStrokes = (['heights', 'radius', 'steps', 'merge'] as const).flatMap((name) => quoted(name, values[name]));
  const options = [
    ...[`--model ${path}`, `--card ${card}`, ...given],
    ...(synthetic ? ['--synthetic'] : places),
    ...(strokes === undefined ? [] : [`--strokes ${strokes === OWN_HAND ? OWN_HAND : 'DIR'}`]),
    ...ofStrokes,
  ];
  return `npm run evaluate -- ${options.join(' ')}`;
}
