import AxeBuilder from '@axe-core/playwright';

import { expect, test, type Page } from './fixtures';
import { answerHelp, byId, fillIn } from './journey.mjs';
import { asked, begin, beside, flip, knock, live, press, propose, question, seen, sitDown, unfold, write } from './together.mjs';

const PICTURES = process.env.TOGETHER_PICTURES;

/** Free of faults, and nothing beside the window. */
async function expectFit(page: Page, state: string) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)]), state).toEqual([]);
  const before = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth), `${state}: width at 320`).toBeLessThanOrEqual(320);
  await page.setViewportSize(before);
  if (PICTURES) {
    for (const viewport of [{ width: 360, height: 740 }, { width: 1280, height: 800 }]) {
      await page.setViewportSize(viewport);
      await page.screenshot({ path: `${PICTURES}/${state}-${viewport.width}.png` });
      await page.screenshot({ path: `${PICTURES}/${state}-${viewport.width}-whole.png`, fullPage: true });
    }
    await page.setViewportSize(before);
  }
}

test('every page on the way to each other is free of faults that axe finds, and fits a narrow phone', { tag: '@scripts' }, async ({ page: her, somebody }) => {
  test.slow();
  const helper = await somebody();
  await her.goto('/samen');
  await live(her);
  await expectFit(her, 'start');
  const code = await begin(her);
  await her.setViewportSize({ width: 320, height: 640 });
  const lines = await her.locator('#samen-code').evaluate((shown) => {
    const text = shown.firstChild!;
    return Array.from({ length: 5 }, (_, group) => {
      const range = document.createRange();
      range.setStart(text, group * 5);
      range.setEnd(text, group * 5 + 4);
      return range.getClientRects().length;
    });
  });
  expect(lines, 'each group of the code stands on one line').toEqual([1, 1, 1, 1, 1]);
  await her.setViewportSize({ width: 1280, height: 800 });
  await expectFit(her, 'code');
  await helper.goto('/samen/mee');
  await helper.locator('form[data-together=join] button').click();
  await expect(helper.locator('.error-summary')).toBeVisible();
  await expectFit(helper, 'door-with-errors');
  await knock(helper, code);
  await her.locator('#samen-wie').waitFor();
  await expectFit(her, 'confirm');
  await expectFit(helper, 'waiting');
  await press(her, 'confirm');
  await her.locator('main .together-log').waitFor();
  await expectFit(her, 'together');
});

test('every page that they look at is free of faults that axe finds, and fits a narrow phone', { tag: '@scripts' }, async ({ page: her, somebody }) => {
  test.slow();
  const helper = await somebody();
  await sitDown(her, helper);
  await fillIn(her);
  await flip(her, 'received');
  await write(helper, 'Kijk op de brief van 2020, bladzijde 2. Daar staat het bedrag onder “nog te betalen”.');
  await question(helper, 'legal_help').locator('[data-together=point]').click();
  await propose(helper, 'received', '12.000');
  await expect(beside(her, 'received').locator('.together-proposal')).toBeVisible();
  await expect(seen(helper, 'received')).toHaveText('€ 30.000');
  const height = async () => (await her.locator('.together-banner').boundingBox())!.height;
  await her.setViewportSize({ width: 360, height: 740 });
  expect(await height(), 'a note, what is pointed at and a proposal').toBeLessThanOrEqual(0.4 * 740);
  await her.setViewportSize({ width: 1280, height: 800 });
  await expectFit(her, 'amounts');
  await unfold(her, 'samen-ziet');
  await unfold(helper, 'samen-log');
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const page of [her, helper]) {
      await page.emulateMedia({ colorScheme });
      await expectFit(page, `${page === her ? 'amounts-unfolded' : 'guiding'}-${colorScheme}`);
    }
  }
  await press(her, 'stop');
  await expect(helper.locator('#samen')).toContainText('De ouder stopte.');
  await expectFit(her, 'over-on-a-page');
  await expectFit(helper, 'over-helper');
  await her.goto('/samen');
  await live(her);
  await expectFit(her, 'over');
});

test('many small questions stay calm and readable', { tag: '@scripts' }, async ({ page: her, somebody }) => {
  test.slow();
  const helper = await somebody();
  await sitDown(her, helper, { from: '/keuzehulp' });
  await expectFit(helper, 'chooser-helper');
  await her.goto('/hulpvraag');
  for (const step of ['urgent', 'kind']) await answerHelp(her, step);
  await expect(asked(helper).nth(2)).toBeVisible();
  await expect(her.locator('.together-field [data-together=flip]').first()).toBeVisible();
  await expectFit(her, 'help-about');
  await expectFit(helper, 'help-about-helper');
  // Boxes that stand together are one question: one press covers all of them.
  const group = her.locator('main form').filter({ has: her.locator('[type=checkbox]') });
  const boxes = await group.locator('[type=checkbox]').evaluateAll((all) => all.map((box) => box.getAttribute('name')!));
  expect(boxes.length).toBeGreaterThan(1);
  await expect(group.locator('[data-together=flip]')).toHaveCount(1);
  await group.locator('[data-together=flip]').click();
  for (const box of boxes) await expect(seen(helper, box)).toHaveText('Afgedekt');
  await expect(helper.locator('.together-covered')).toHaveCount(boxes.length);
});

test('by keyboard alone she begins, says yes, shows and accepts; the banner hides nothing that has the focus', { tag: '@scripts' }, async ({ page: her, somebody }) => {
  await her.setViewportSize({ width: 360, height: 740 });
  const helper = await somebody();
  await her.goto('/samen');
  await live(her);
  await tabTo(her, '#samen-begin');
  await her.keyboard.press('Enter');
  const code = (await her.locator('#samen-code').textContent())!;
  await knock(helper, code);
  await her.locator('#samen-wie').waitFor();
  await tabTo(her, '[data-together=confirm]');
  await her.keyboard.press('Enter');
  await tabTo(her, 'main ul a[href="/bedragen"]');
  await her.keyboard.press('Enter');
  await her.waitForURL('**/bedragen');
  await live(her);
  await her.locator('.together-field').first().waitFor();
  await write(helper, 'Kijk op de brief van 2020, bladzijde 2. Daar staat het bedrag onder “nog te betalen”.');
  await propose(helper, 'received', '12.000');
  await expect(beside(her, 'received').locator('.together-proposal')).toBeVisible();
  await tabTo(her, '#samen-gelezen');
  await her.keyboard.press('Enter');
  await expect(her.locator('#samen-gelezen')).toHaveCount(0);
  await expect(her.locator(':focus')).not.toHaveCount(0);
  await tabTo(her, '#received');
  await her.keyboard.type('30000');
  await tabTo(her, '[id="samen-toon-received"]');
  await her.keyboard.press('Space');
  await expect(seen(helper, 'received')).toHaveText('€ 30000');
  await expect(byId(her, 'samen-toon-received'), 'the focus stays where it was').toBeFocused();
  await her.keyboard.press('Tab');
  await expect(beside(her, 'received').locator('[data-together=accept]')).toBeFocused();
  await her.keyboard.press('Enter');
  await expect(byId(her, 'received')).toHaveValue('12.000');
  await expect(byId(her, 'received')).toBeFocused();
  await question(helper, 'received').locator('[data-together=point]').click();
  await write(helper, 'Dat klopt.');
  await expect(her.locator('.together-banner .together-note')).toHaveCount(2);
  // Back and forth through the form, under a banner at its highest.
  for (const key of [...Array(25).fill('Tab'), ...Array(20).fill('Shift+Tab')]) {
    await her.keyboard.press(key);
    const hidden = await her.evaluate(() => {
      const focused = document.activeElement!;
      const banner = document.querySelector('.together-banner')!;
      if (focused === document.body || banner.contains(focused)) return undefined;
      const [it, over] = [focused.getBoundingClientRect(), banner.getBoundingClientRect()];
      return it.bottom <= over.bottom || it.top >= innerHeight ? focused.outerHTML : undefined;
    });
    expect(hidden, 'what has the focus is not behind the banner').toBeUndefined();
  }
});

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, selector: string) {
  for (let pressed = 0; pressed < 80; pressed += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${selector} is not reached by keyboard`);
}
