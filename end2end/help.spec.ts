import { expect, test } from './fixtures';
import { answerHelp, askHelp, fillHelp, HELP, nextHelp, openHelp } from './journey.mjs';

test('help is asked in small steps, looked over, kept, and followed', async ({ page, open }) => {
  const held = await askHelp(page, open);
  expect(held.reference).toMatch(/^HV-[0-9A-Z]{5}-[0-9A-Z]{5}$/);
  await openHelp(page, open, held);
  await expect(page.locator('.timeline-step[aria-current=step]')).toHaveAttribute('data-state', 'current');
  await expect(page.locator('#phone')).toHaveValue(HELP.reach.phone);
});

test('an answer that is missing is told at its field, and all others stay', { tag: '@any-width' }, async ({ page, open }) => {
  await open('/hulpvraag');
  await nextHelp(page);
  await expect(page.locator('.error-summary')).toBeFocused();
  await page.locator('.error-summary a').click();
  await answerHelp(page, 'urgent');
  await answerHelp(page, 'kind');
  await page.locator('button[value=back]').click();
  await expect(page.locator(`input[name=kind][value=${HELP.kind.kind}]`)).toBeChecked();
});

test('what was sent twice, or over a broken line, is kept once', { tag: '@any-width' }, async ({ page, open }) => {
  await fillHelp(page, open);
  // The server takes it, and its answer is lost on the way.
  await page.route('**/hulpvraag', async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  }, { times: 1 });
  await page.locator('button[value=send]').click();
  await expect.poll(() => page.url()).toContain('chrome-error');
  await page.reload();
  const held = { reference: await page.locator('#nummer').innerText(), code: await page.locator('#code').innerText() };
  await page.reload();
  await expect(page.locator('#nummer')).toHaveText(held.reference);
  await openHelp(page, open, held);
  await expect(page.locator('ol.todo > li')).toHaveCount(1);
});
test.use({ expectedTrouble: /ERR_CONNECTION_RESET|ERR_FAILED/ });

test('taken back, it is erased at once', { tag: '@any-width' }, async ({ page, open }) => {
  const held = await askHelp(page, open);
  await openHelp(page, open, held);
  await page.locator('button[value=ask_withdraw]').click();
  await page.locator('button[value=withdraw]').click();
  await openHelp(page, open, held);
  await expect(page.locator('main')).not.toContainText(HELP.reach.name);
  await expect(page.locator('button[value=ask_withdraw]')).toHaveCount(0);
});

test('only what she ticks beside a step comes along', { tag: '@any-width' }, async ({ page, open, ready }) => {
  await open('/tijdlijn');
  await page.locator('.also:has(form[action="/hulpvraag"]) summary').click();
  await page.locator('[name="about.step.objection"]').check();
  await page.locator('form[action="/hulpvraag"] button').click();
  await ready();
  await answerHelp(page, 'urgent');
  await answerHelp(page, 'kind');
  await expect(page.locator('[id="about.step.objection"]')).toBeChecked();
  await expect(page.locator('input[type=checkbox]:checked')).toHaveCount(1);
});
