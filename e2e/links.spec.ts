/** Links that hold settings and a small canvas. */
import { expect, test } from './fixtures.ts';

// Software rendering on a busy machine takes its time.
test.slow();
test.use({ viewport: { width: 640, height: 480 } });

test('a link copied from the menu opens the same canvas and settings, which go on the same way', async ({ digits }) => {
  const { page } = digits;
  await digits.open('?columns=2&rows=1&tile=28&seed=9&paused=1&model=seven');
  await digits.set({ palette: 'safe', dropout: 0.25 });
  await page.evaluate(() =>
    window.nca.paint(
      [
        { x: 5, y: 5 },
        { x: 50, y: 20 },
      ],
      {},
    ),
  );
  const run = () =>
    page.evaluate(async () => {
      await window.nca.reset({ seed: 9 });
      await window.nca.step(12);
      const { data } = await window.nca.readState();
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Float32Array(data)));
      return { digest: digest.join(' '), stats: await window.nca.stats() };
    });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Copy a link' }).click();
  await expect(digits.notices()).toContainText('The link was copied.');
  const address = await page.evaluate(() => navigator.clipboard.readText());
  expect(address).toContain('#scene=1.');
  expect(address.length).toBeLessThan(8200);
  const expected = await run();

  await page.goto('about:blank');
  await page.goto(address);
  await page.evaluate(() => window.nca.ready);
  expect(await digits.info()).toMatchObject({ columns: 2, rows: 1, tile: 28, seed: 9, model: 'seven', step: 0 });
  expect(await digits.get()).toMatchObject({ palette: 'safe', dropout: 0.25, paused: true });
  expect(await run()).toEqual(expected);

  // While the page runs: of another version, then damaged, then one of another site.
  await page.evaluate((hash) => (location.hash = hash), new URL(address).hash.replace('=1.', '=3.'));
  await expect(digits.notices().first()).toContainText('another version of this page');
  await page.evaluate(() => window.nca.setCanvas({ columns: 1, rows: 1, tile: 30 }));
  await page.evaluate((hash) => (location.hash = hash), new URL(address).hash.slice(0, 60));
  await expect(digits.notices().last()).toContainText('The link cannot be opened: The scene in the address is damaged');
  expect(await digits.info()).toMatchObject({ columns: 1, rows: 1, tile: 30 });
});
