// The line of a case, its letters and the sheet for a conversation.
import { byId, CASE, chooseLetter, daysAgo, fill, makeLetter, show, tell } from '../journey.mjs';
import { expect, test, unfoldAll } from './look';

test('a case', async ({ page, open, look }) => {
  await open('/tijdlijn');
  await tell(page, CASE);
  await show(page);
  await page.locator('.timeline-late').first().waitFor();
  await look('told');
  await unfoldAll(page);
  await look('told, all unfolded');
});

test('a case, aside', async ({ page, open, look }) => {
  await open('/tijdlijn');
  await tell(page, [['registered', '31-2-2023'], ['first_test_decided', '1-5-2100']]);
  await show(page);
  await expect(page.locator('.error-summary a')).toHaveCount(2);
  await look('with errors');
});

test('a case with a new decision', async ({ page, open, look }) => {
  await open('/tijdlijn');
  await tell(page, [['assessment_decided', daysAgo(20)]]);
  await show(page);
  await page.locator('.timeline-step').first().waitFor();
  await look('told');
});

test('a letter', async ({ page, open, look, scripts }) => {
  await open('/tijdlijn/brief');
  await chooseLetter(page, 'objection', scripts);
  await byId(page, 'step').waitFor();
  await look('chosen');
  await byId(page, 'step').selectOption('damage');
  await fill(page, { decision_on: daysAgo(10), name: 'Anna' });
  await makeLetter(page);
  await page.locator('.paper').waitFor();
  await look('ready to send');
});

test('a letter, aside', async ({ page, open, look, scripts }) => {
  await open('/tijdlijn/brief');
  await chooseLetter(page, 'notice_of_default', scripts);
  await byId(page, 'end_on').waitFor();
  await makeLetter(page);
  await expect(page.locator('.error-summary a')).toHaveCount(3);
  await look('with errors');
  await byId(page, 'step').selectOption('damage');
  await fill(page, { requested_on: daysAgo(30), end_on: '1-9-2090' });
  await makeLetter(page);
  await page.locator('.results .notice').first().waitFor();
  await look('one that would not count yet');
});

test('a sheet for a conversation', async ({ page, open, look, scripts }) => {
  await open('/tijdlijn/gesprek');
  await byId(page, 'needs').fill('Rust.\nEen huis.');
  if (!scripts) await page.locator('main form button[type=submit]').first().click();
  await look('filled in');
});
