// A dossier: kept, opened, changed elsewhere, deleted.
import { askToKeep, byId, keep, openDossier } from '../journey.mjs';
import { expect, test, unfoldAll } from './look';

const act = (page: import('@playwright/test').Page, action: string) => page.locator(`button[name=action][value="${action}"], button[value="${action}"]`).first().click();

test('a dossier', async ({ page, open, ready, look }) => {
  await askToKeep(page, open);
  await look('what keeping means');
  const code = await keep(page, open);
  await page.locator('.qr').waitFor();
  await look('its code');
  await openDossier(page, open, code);
  await ready();
  await look('opened');
  const before = await page.locator('input[name=version]').inputValue();
  await byId(page, 'letters[2].on').fill('2-3-2024');
  await act(page, 'save');
  await page.locator('.notice--done').first().waitFor();
  await ready();
  await look('saved');
  await page.locator('button[value^="version"]').first().evaluate((it) => (it.closest('details') ?? { open: true }).open = true);
  await page.locator('button[value^="version"]').first().click();
  await ready();
  await look('an earlier version');
  // The page as it was before the change, sent once more.
  await openDossier(page, open, code);
  await ready();
  await page.locator('input[name=version]').evaluate((field, value) => { (field as HTMLInputElement).value = value; }, before);
  await byId(page, 'letters[2].on').fill('3-3-2024');
  await act(page, 'save');
  await page.locator('.stale').waitFor();
  await ready();
  await unfoldAll(page);
  await look('changed elsewhere meanwhile');
  await act(page, 'merge');
  await ready();
  await look('both put together');
});

test('a dossier, aside', async ({ page, open, ready, look }) => {
  await openDossier(page, open, '');
  await expect(page.locator('.error-summary a')).toHaveCount(1);
  await look('without a code');
  await openDossier(page, open, 'welkom01');
  await expect(page.locator('.error-summary a')).toHaveCount(1);
  await look('a wrong code');
  const code = await keep(page, open);
  await openDossier(page, open, code);
  await ready();
  await page.locator('input[name=link_code]').fill('0000');
  await act(page, 'link');
  await page.locator('.error-summary').waitFor();
  await ready();
  await look('a wrong code of an office');
  await openDossier(page, open, code);
  await ready();
  await page.locator('input[name=ticket]').first().evaluate((it) => { for (const field of document.querySelectorAll<HTMLInputElement>('input[name=ticket]')) field.value = (it as HTMLInputElement).value.replace(/.$/, (last) => (last === '0' ? '1' : '0')); });
  await act(page, 'save');
  await ready();
  await look('open for too long');
  await openDossier(page, open, code);
  await ready();
  await act(page, 'ask_delete');
  await page.locator('button[value=delete]').waitFor();
  await look('sure to delete');
  await act(page, 'delete');
  await page.locator('h1').waitFor();
  await look('deleted');
});

test('a dossier, tried too often', async ({ page, open, look }) => {
  for (let tries = 0; tries < 11; tries += 1) await openDossier(page, open, 'welkom01');
  await look('stopped');
});
