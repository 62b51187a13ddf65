import { expect, test, type Page } from './fixtures';
import { answerHelp, byId } from './journey.mjs';
import { asked, begin, beside, knock, live, propose, question, seen, sitDown, write } from './together.mjs';

test('each group of the code stands on one line of a narrow phone', { tag: '@scripts' }, async ({ page: her }) => {
  await her.setViewportSize({ width: 320, height: 640 });
  await begin(her);
  const lines = await her.locator('#samen-code').evaluate((shown) => {
    const text = shown.firstChild!;
    return Array.from({ length: 5 }, (_, group) => {
      const range = document.createRange();
      range.setStart(text, group * 5);
      range.setEnd(text, group * 5 + 4);
      return range.getClientRects().length;
    });
  });
  expect(lines).toEqual([1, 1, 1, 1, 1]);
});

test('a note, what is pointed at and a proposal leave room for the page', { tag: '@scripts' }, async ({ page: her, somebody }) => {
  await her.setViewportSize({ width: 360, height: 740 });
  const helper = await somebody();
  await sitDown(her, helper);
  await write(helper, 'Kijk op de brief van 2020, bladzijde 2. Daar staat het bedrag onder “nog te betalen”.');
  await question(helper, 'legal_help').locator('[data-together=point]').click();
  await propose(helper, 'received', '12.000');
  await expect(beside(her, 'received').locator('.together-proposal')).toBeVisible();
  await expect(her.locator('.together-banner .together-note')).toHaveCount(3);
  expect((await her.locator('.together-banner').boundingBox())!.height).toBeLessThanOrEqual(0.4 * 740);
});

test('boxes that stand together are one question, also to show and to cover', { tag: '@scripts' }, async ({ page: her, somebody }) => {
  const helper = await somebody();
  await sitDown(her, helper, { from: '/keuzehulp' });
  await her.goto('/hulpvraag');
  for (const step of ['urgent', 'kind']) await answerHelp(her, step);
  await expect(asked(helper).nth(2)).toBeVisible();
  await expect(her.locator('.together-field [data-together=flip]').first()).toBeVisible();
  // One press covers all of them.
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
