import { DeviceError, type Device } from '../../gpu/device.ts';
import type { PackedNetwork } from '../packed-network.ts';
import type { GroupRange } from '../slot-store.ts';
import { createFused } from './fused.ts';
import type { StepProgram } from './step-program.ts';

type Factory = (device: Device, network: PackedNetwork, ranges: readonly GroupRange[]) => Promise<StepProgram>;

/** The ways to compute a step, by name, the quickest to compile first. */
const FACTORIES: Record<string, Factory> = {
  'fused-texture': (device, network, ranges) => createFused(device, network, ranges, 'texture'),
  'fused-uniform': (device, network, ranges) => createFused(device, network, ranges, 'uniform'),
};

/** The names of all strategies. */
export const STRATEGIES = Object.keys(FACTORIES);

/**
 * @param strategy one of {@link STRATEGIES}, or `auto`
 * @throws DeviceError if there is no such strategy, or none runs on this GPU
 */
export async function createStepProgram(
  device: Device,
  network: PackedNetwork,
  ranges: readonly GroupRange[],
  strategy: string,
): Promise<StepProgram> {
  if (strategy === 'auto') return FACTORIES['fused-texture'](device, network, ranges);
  if (!Object.hasOwn(FACTORIES, strategy)) {
    throw new DeviceError(`There is no strategy "${strategy}"; there are ${STRATEGIES.join(', ')}.`);
  }
  return FACTORIES[strategy](device, network, ranges);
}
