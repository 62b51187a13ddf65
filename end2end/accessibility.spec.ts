import { pages } from './environment.mjs';
import { expect, test, type Page } from './fixtures';
import { ANSWERS, answerAll, byId, figure } from './journey.mjs';

const PAGES = pages();

for (const { path, kind, hasScripts } of PAGES) {
  test(`${path} is sent with every protection, ${hasScripts ? 'and its scripts only' : 'and without a script'}`, { tag: '@scripts' }, async ({ page, request }) => {
    const headers = (await request.get(path)).headers();
    const script = hasScripts ? "'self' 'wasm-unsafe-eval'" : "'none'";
    expect(headers['content-security-policy']).toMatch(
      new RegExp(`^default-src 'none'; script-src ${script}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$`),
    );
    expect(headers).toMatchObject({
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['permissions-policy']).toBeDefined();
    expect(headers['set-cookie']).toBeUndefined();
    if (kind !== 'content') expect(headers['cache-control']).toBe('no-store');

    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.resourceType()));
    await page.goto(path, { waitUntil: 'networkidle' });
    const scripted = loaded.filter((type) => ['script', 'fetch', 'xhr'].includes(type));
    if (!hasScripts) {
      expect(scripted).toEqual([]);
      await expect(page.locator('script, [style]')).toHaveCount(0);
    } else {
      expect(scripted).not.toEqual([]);
      await expect(page.locator('script:not([src]), [style]')).toHaveCount(0);
    }
  });
}

test('with the keyboard alone, from the first page to a figure', { tag: '@scripts' }, async ({ page, ready, open }) => {
  test.slow();
  await open('/');
  await page.keyboard.press('Tab');
  await expect(page.locator('.nl-skip-link')).toBeFocused();
  await expect(page.locator('.nl-skip-link')).toBeInViewport();
  await page.keyboard.press('Enter');
  await tabTo(page, 'main a.nl-button--primary');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/keuzehulp');
  await ready();
  for (const [question, given] of Object.entries(ANSWERS)) {
    await tabTo(page, `.chooser input[type=radio][name="answer.${question}"]`);
    await page.keyboard.press('Space');
    const radios = await page.locator(`.chooser input[type=radio][name="answer.${question}"]`).evaluateAll((all) => all.map((radio) => (radio as HTMLInputElement).value));
    for (let step = 0; step < radios.indexOf(given); step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  }
  await tabTo(page, 'form[action="/vergelijken"] button');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/vergelijken');
  await ready();
  await tabTo(page, '.overview form button');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/bedragen');
  await ready();
  for (const [field, typed] of [['years[0].year', '2012'], ['years[0].reclaimed', '200.000']] as const) {
    await tabTo(page, `[id="${field}"]`);
    await page.keyboard.type(typed);
    if (field === 'years[0].year') {
      await tabTo(page, '[name="years[0].ground"]');
      await page.keyboard.press('Space');
    }
  }
  await page.keyboard.press('Enter');
  await expect(byId(page, 'uitkomst-kop')).toBeFocused();
  await tabTo(page, '.figure[data-route=integral_assessment] summary');
  await page.keyboard.press('Enter');
  // 200.000 + 25 % + 1 % of both.
  await expect(figure(page, 'integral_assessment').locator('.figure-amount')).toContainText('€ 252.500');
  await expect(figure(page, 'integral_assessment').locator('.line-amount').first()).toBeVisible();
});

test('a word is explained in place, by keyboard and without scripts', async ({ page, open }) => {
  await open('/keuzehulp');
  await answerAll(page, { urgent: 'no', who: 'parent' });
  const word = page.locator('.chooser button.term').first();
  const note = byId(page, (await word.getAttribute('popovertarget'))!);
  await expect(note).toBeHidden();
  await word.focus();
  await page.keyboard.press('Enter');
  await expect(note).toBeVisible();
  await expect(note).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(note).toBeHidden();
  await expect(word).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const close = note.locator('button');
  await expect(close).toBeFocused();
  expect((await close.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  await page.keyboard.press('Enter');
  await expect(note).toBeHidden();
});

test('the first screen of a phone holds the main button, under a short header', async ({ page, open }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open('/');
  expect((await page.locator('header').boundingBox())!.height).toBeLessThanOrEqual(170);
  const button = (await page.locator('main a.nl-button--primary').boundingBox())!;
  const leave = (await page.locator('.leave').boundingBox())!;
  expect(button.y + button.height).toBeLessThanOrEqual(leave.y);
});

test('the menu opens by keyboard on a phone, and stands open where there is room', async ({ page, open }) => {
  await open('/keuzehulp');
  const links = page.locator('.site-nav a');
  const here = page.locator('.site-nav [aria-current=page]');
  await expect(links).toHaveCount(8);
  await expect(here).toBeVisible();
  await expect(page.locator('.site-nav summary')).toBeHidden();
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(here).toBeHidden();
  await page.locator('.site-nav summary').focus();
  await page.keyboard.press('Enter');
  await expect(here).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(links.first()).toBeFocused();
});

async function tabTo(page: Page, selector: string) {
  await page.locator(selector).first().waitFor({ state: 'attached' });
  for (let step = 0; step < 150; step += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not reach ${selector}`);
}
