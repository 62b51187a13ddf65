import { expect, test } from './fixtures';
import { byId, CASE, keep, openDossier } from './journey.mjs';

test('what a parent keeps opens elsewhere with her code, and can be changed there', async ({ page, open, ready, context }) => {
  const code = await keep(page, open);
  expect(code).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
  await context.clearCookies();
  await openDossier(page, open, code.toLowerCase().replaceAll('-', ' '));
  await ready();
  await expect(byId(page, 'letters[2].on')).toHaveValue('1-3-2024');
  await expect(page.locator('.timeline-step[data-state=current]').first()).toBeVisible();
  await byId(page, 'letters[2].on').fill('2-3-2024');
  await page.locator('button[value=save]').click();
  await ready();
  await expect(page.locator('.notice--done').first()).toBeVisible();
  await expect(page.locator('.versions li')).toHaveCount(2);
  await openDossier(page, open, code);
  await ready();
  await expect(byId(page, 'letters[2].on')).toHaveValue('2-3-2024');
});

test('of two who change it at once neither loses anything', { tag: '@any-width' }, async ({ page, open, ready }) => {
  const code = await keep(page, open);
  await openDossier(page, open, code);
  await ready();
  const other = await page.context().newPage();
  await other.goto('/dossier');
  await other.locator('#code').fill(code);
  await other.locator('button[value=open]').click();
  await byId(other, 'letters[2].on').fill('3-3-2024');
  await other.locator('button[value=save]').click();
  await expect(other.locator('.versions li')).toHaveCount(2);
  await byId(page, 'letters[2].on').fill('4-3-2024');
  await page.locator('button[value=save]').click();
  await ready();
  const stale = page.locator('.stale');
  await expect(stale).toContainText('3 maart 2024');
  await expect(stale).toContainText('4 maart 2024');
  await page.locator('button[value=merge]').click();
  await ready();
  await expect(byId(page, `letters[${CASE.length}].on`)).toHaveValue('3-3-2024');
});

test('a wrong code is told at its field; deleted is deleted', { tag: '@any-width' }, async ({ page, open, ready }) => {
  await openDossier(page, open, 'welkom01');
  await ready();
  await expect(page.locator('[data-problem-of=code] .field-error')).toBeVisible();
  await expect(page.locator('.error-summary')).toBeFocused();
  const code = await keep(page, open);
  await openDossier(page, open, code);
  await ready();
  await page.locator('button[value=ask_delete]').click();
  await page.locator('button[value=delete]').click();
  await openDossier(page, open, code);
  await ready();
  await expect(page.locator('[data-problem-of=code] .field-error')).toBeVisible();
});

test('a code that was scanned stands in its field, and in no address', { tag: '@scripts' }, async ({ page, open, ready }) => {
  const code = await keep(page, open);
  await open('/verder');
  await open(`/dossier#${code}`);
  await expect(page.locator('#code')).toHaveValue(code);
  expect(new URL(page.url()).hash).toBe('');
  await page.locator('button[value=open]').click();
  await ready();
  await expect(byId(page, 'letters[0].on')).not.toHaveValue('');
});

test('what stands in a dossier is not left on the phone', { tag: '@scripts' }, async ({ page, open, ready, browser }) => {
  const code = await keep(page, open);
  const elsewhere = await browser.newContext();
  const phone = await elsewhere.newPage();
  await phone.goto(new URL('/dossier', page.url()).href);
  await phone.locator('#code').fill(code);
  await phone.locator('button[value=open]').click();
  await expect(phone.locator('html')).toHaveAttribute('data-ready', '');
  await byId(phone, 'letters[2].on').fill('5-3-2024');
  await phone.waitForTimeout(500);
  const kept = await phone.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toContain('2024');
  await elsewhere.close();
});
