/** The page in each of its states, as axe-core sees it. */
import { expectAccessible } from './accessibility.ts';
import { expect, fillNumber, SMALL, test } from './fixtures.ts';

/** The dark scheme changes colours, nothing else. */
const RULES = { light: undefined, dark: ['color-contrast'] };

for (const colorScheme of ['light', 'dark'] as const) {
  const rules = RULES[colorScheme];
  test.describe(`in the ${colorScheme} scheme`, () => {
    test.use({ colorScheme });

    test('the page is accessible: fresh, with its notices, menu, panel and recorder open', async ({ digits }) => {
      test.setTimeout(180_000);
      const { page } = digits;
      await digits.open(`${SMALL}&colour=red&rate=99999`);
      await expect(digits.notices()).toHaveCount(2);
      await expectAccessible(page, rules);
      await page.getByRole('button', { name: 'Menu' }).click();
      await expectAccessible(page, rules);
      await page.getByRole('button', { name: 'Record a film or GIF' }).click();
      const dialog = page.getByRole('dialog');
      await expectAccessible(page, rules);
      await fillNumber(dialog.getByLabel('Seconds'), 60);
      await dialog.getByRole('button', { name: 'Start' }).click();
      await expect(dialog.getByRole('progressbar')).toBeVisible();
      await expectAccessible(page, rules);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await dialog.getByRole('button', { name: 'Close' }).click();
      await page.getByRole('button', { name: 'Settings' }).click();
      await expect(page.locator('#panel')).toBeVisible();
      await expectAccessible(page, rules);
    });

    test('the page is accessible looked at closely: inspector, figures, two models, a lesson', async ({ digits }) => {
      test.setTimeout(180_000);
      const { page } = digits;
      await digits.open();
      await page.keyboard.press('a');
      await expect(page.locator('#figures')).toBeVisible();
      await page.keyboard.press('i');
      await expect(page.locator('#inspector')).toBeVisible();
      await expectAccessible(page, rules);
      await page.keyboard.press('i');
      await page.keyboard.press('k');
      await expect(page.getByLabel('Model of picture 2')).toBeVisible();
      await expectAccessible(page, rules);
      await page.keyboard.press('k');
      await page.keyboard.press('l');
      await expect(page.getByRole('button', { name: 'Back to my canvas' })).toBeVisible();
      await expectAccessible(page, rules);
    });

    test('the page that says that the cells cannot start is accessible', async ({ digits }) => {
      await digits.page.addInitScript(() => {
        HTMLCanvasElement.prototype.getContext = () => null;
      });
      await digits.page.goto(`./${SMALL}`);
      await expect(digits.page.getByRole('alert')).toContainText('does not support WebGL2');
      await expectAccessible(digits.page, rules);
    });
  });
}

test.describe('on a phone held upright', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'de-DE' });

  test('the page is accessible, its menu too', async ({ digits }) => {
    await digits.open();
    await expectAccessible(digits.page);
    await digits.page.getByRole('button', { name: 'Menü' }).click();
    await expectAccessible(digits.page);
  });
});

test('the examples of the library are accessible', async ({ digits }) => {
  // They run the shipped model.
  await digits.page.unrouteAll();
  for (const example of ['embed', 'element', 'minimal', 'pixi']) {
    await digits.page.goto(`./examples/${example}.html`);
    await expect(digits.page.locator('canvas').first()).toBeVisible();
    await expectAccessible(digits.page);
  }
});
