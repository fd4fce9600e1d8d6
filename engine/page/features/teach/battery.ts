/** Whether the device's battery is nearly empty. */

/** Below this share of its charge, a battery is low. */
const LOW = 0.2;

interface Battery {
  readonly charging: boolean;
  /** 0…1. */
  readonly level: number;
}

/** Only some browsers tell; the others' batteries are taken for full. */
export async function isBatteryLow(): Promise<boolean> {
  const { getBattery } = navigator as { readonly getBattery?: () => Promise<Battery> };
  const battery = await getBattery?.call(navigator).catch(() => null);
  return battery ? !battery.charging && battery.level < LOW : false;
}
