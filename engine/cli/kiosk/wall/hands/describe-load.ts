/** The figures of many hands in words. */
import { quantile } from '../soak-figures.ts';
import type { Load, LoadFigures } from './measure-load.ts';

export function describeLoad({ hands }: Load, figures: LoadFigures): string {
  const { seconds, sent, lost, disordered, unconfirmed, delays, share, up, down } = figures;
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
  return [
    `${hands} hands, ${(sent / seconds / hands).toFixed(1)} events a second each, ${seconds.toFixed(0)} s`,
    `events: ${sent} sent, ${lost} lost, ${disordered} out of order, ${unconfirmed} not confirmed`,
    `hand to screen: ${quantile(delays, 0.5).toFixed(0)} ms median, ${quantile(delays, 0.99).toFixed(0)} ms for 99 of 100`,
    `server: ${(100 * share).toFixed(0)} % of a core`,
    `traffic of a hand: ${kilobytes(up)} up and ${kilobytes(down)} down a second`,
  ].join('\n');
}
