import { expect, test, type Page } from './fixtures';
import { byId, CASE, tell } from './journey.mjs';

/** Keeps the letters of a case; gives the code. */
async function keep(page: Page, open: (path: string) => Promise<void>, ready: () => Promise<void>): Promise<string> {
  await open('/tijdlijn');
  await tell(page, CASE);
  await page.locator('button[formaction="/dossier"]').click();
  await expect(page.locator('dl.facts .fact')).toHaveCount(CASE.length);
  await page.locator('button[value=make]').click();
  await ready();
  const code = (await page.locator('.code').textContent()) ?? '';
  expect(code).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
  return code;
}

async function openWith(page: Page, open: (path: string) => Promise<void>, ready: () => Promise<void>, code: string) {
  await open('/dossier');
  await page.locator('#code').fill(code);
  await page.locator('button[value=open]').click();
  await ready();
}

test('what a parent keeps opens elsewhere with her code, and can be changed there', async ({ page, open, ready, context }) => {
  const code = await keep(page, open, ready);
  await context.clearCookies();
  await openWith(page, open, ready, code.toLowerCase().replaceAll('-', ' '));
  await expect(byId(page, 'letters[2].on')).toHaveValue('1-3-2024');
  await expect(page.locator('.timeline-step[data-state=current]').first()).toBeVisible();
  await byId(page, 'letters[2].on').fill('2-3-2024');
  await page.locator('button[value=save]').click();
  await ready();
  await expect(page.locator('.notice--done').first()).toBeVisible();
  await expect(page.locator('.versions li')).toHaveCount(2);
  await openWith(page, open, ready, code);
  await expect(byId(page, 'letters[2].on')).toHaveValue('2-3-2024');
});

test('of two who change it at once neither loses anything', async ({ page, open, ready }) => {
  const code = await keep(page, open, ready);
  await openWith(page, open, ready, code);
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

test('a wrong code is told at its field; deleted is deleted', async ({ page, open, ready }) => {
  await openWith(page, open, ready, 'welkom01');
  await expect(page.locator('[data-problem-of=code] .field-error')).toBeVisible();
  await expect(page.locator('.error-summary')).toBeFocused();
  const code = await keep(page, open, ready);
  await openWith(page, open, ready, code);
  await page.locator('button[value=ask_delete]').click();
  await page.locator('button[value=delete]').click();
  await openWith(page, open, ready, code);
  await expect(page.locator('[data-problem-of=code] .field-error')).toBeVisible();
});

test('a code that was scanned stands in its field, and in no address', { tag: '@scripts' }, async ({ page, open, ready }) => {
  const code = await keep(page, open, ready);
  await open(`/dossier#${code}`);
  await expect(page.locator('#code')).toHaveValue(code);
  expect(new URL(page.url()).hash).toBe('');
  await page.locator('button[value=open]').click();
  await ready();
  await expect(byId(page, 'letters[0].on')).not.toHaveValue('');
});

test('what stands in a dossier is not left on the phone', { tag: '@scripts' }, async ({ page, open, ready, browser }) => {
  const code = await keep(page, open, ready);
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
