/** Returns a file name such as `digits-accurate-step-120.png`. */
export function fileName(model: string, step: number, suffix: string): string {
  const plain = model.replace(/[^\w-]+/g, '-').slice(0, 40);
  return `digits-${plain}-step-${step}.${suffix}`;
}
