/** A canvas goes on with newer versions of its model, without losing its state. */
import { expect, test } from './workbench.ts';

for (const [title, specification, strategy, prepared] of [
  ['a model with depthwise filters, whose weights are constants', 'odd', 'constants'],
  ['a model with depthwise filters in layers', 'odd', 'layered-texture'],
  ['a model with a full convolution, whose state is in half floats', 'narrow', 'texture-half'],
  ['a model whose programs were prepared', 'tiny', 'constants', 'alike'],
  ['a model whose programs were prepared for another one', 'tiny', 'constants', 'other'],
] as const) {
  test(`${title} takes over another shape and 1,000 versions, bit for bit`, async ({ workbench }) => {
    const result = await workbench.evaluate(
      (given) => {
        const { SPECIFICATIONS, handOver, openDevice } = window.engine;
        const { name, ...options } = given;
        return handOver(openDevice(), { ...options, specification: SPECIFICATIONS[name], size: 24, versions: 1000 });
      },
      { name: specification, strategy, ...(prepared && { prepared }) },
    );
    expect(result).toMatchObject({
      lost: 0,
      differentAfterShape: 0,
      differentAfterVersions: 0,
      addedObjects: 0,
      addedBytes: 0,
      errors: 0,
      leaked: 0,
    });
    // What cannot be repeated cannot be gone back to.
    expect(result.earliest).toBe(result.step);
  });
}

// The bar is 100 ms; the first one, which was prepared, waits for whatever else the processors do.
test('the first hand-over and the later ones do not hold up the canvas', async ({ workbench }) => {
  const longest = await workbench.evaluate(() => window.engine.handOverTimes());
  test.info().annotations.push({ type: 'milliseconds', description: JSON.stringify(longest) });
  expect(longest.shape).toBeLessThan(500);
  expect(longest.version).toBeLessThan(100);
});
