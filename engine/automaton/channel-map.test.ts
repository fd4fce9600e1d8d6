import { describe, expect, it } from 'vitest';
import { DISTILL_SPECIFICATION } from '../common/model/architectures.ts';
import type { ModelSpecification } from '../common/model/specification.ts';
import { channelSources } from './channel-map.ts';

const classOf = (name: string) => ({ name, color: [0, 0, 0] as [number, number, number] });

function specification(names: string, count: number, ink: number, firstLogit: number): ModelSpecification {
  return { ...DISTILL_SPECIFICATION, classes: Array.from(names, classOf), channels: { count, ink, firstLogit } };
}

describe('the channels of a model for another one', () => {
  it('are the same where the models have the same shape', () => {
    const model = specification('abc', 6, 0, 1);
    expect(channelSources(model, model)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('are found by class, and the hidden ones by their order', () => {
    const from = specification('abc', 6, 0, 1);
    const to = specification('abcd', 8, 0, 1);
    expect(channelSources(from, to)).toEqual([0, 1, 2, 3, -1, 4, 5, -1]);
    expect(channelSources(to, from)).toEqual([0, 1, 2, 3, 5, 6]);
  });

  it('are found wherever the ink and the logits are', () => {
    const from = specification('ab', 5, 4, 2);
    const to = specification('ba', 6, 1, 4);
    expect(channelSources(from, to)).toEqual([0, 4, 1, -1, 3, 2]);
  });
});
