import { tie, type Perception } from './perception.ts';

/** All channels are seen through the same filters, as in Growing Neural Cellular Automata, but learned. */
export const shared: Perception = {
  name: 'shared',
  project: (kernel) => tie(kernel, (tap, _channel, filter) => tap * kernel.filters + filter),
};
