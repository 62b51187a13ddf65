// The amounts and the comparison.
import { add, ANSWERS, answerAll, byId, calculate, compare, fill, fillIn, openReceipt, pick, toComparison } from '../journey.mjs';
import { expect, test, unfoldAll } from './look';

test('the amounts', async ({ page, open, look }) => {
  await open('/bedragen');
  await fillIn(page);
  await add(page, 'children');
  await fill(page, { 'children[0].born_on': '1-3-2010' });
  await pick(page, 'former_partner', 'yes');
  await calculate(page);
  await look('filled in');
  await unfoldAll(page);
  await look('filled in, all unfolded');
});

test('the amounts, aside', async ({ page, open, look }) => {
  await open('/bedragen');
  await fillIn(page);
  await fill(page, { received: '1.2.3', decision_on: '31-2-2014', 'damages[0].high': '1', 'years[0].year': '2004' });
  await calculate(page);
  await expect(page.locator('.error-summary a')).toHaveCount(4);
  await look('with errors');
  await open('/bedragen');
  await pick(page, 'recognised', 'no');
  await pick(page, 'former_partner', 'yes');
  await calculate(page);
  await look('not recognised, with a former partner');
});

test('the comparison', async ({ page, open, ready, look }) => {
  await open('/keuzehulp');
  await answerAll(page, ANSWERS);
  await toComparison(page, ready);
  await look('after the questions');
  await open('/bedragen');
  await fillIn(page);
  await compare(page);
  await page.waitForURL('**/vergelijken');
  await ready();
  await expect(page.locator('.route-card .figure-amount')).toHaveCount(4);
  await look('filled in');
  await unfoldAll(page);
  await look('filled in, all unfolded');
});

test('a receipt', async ({ page, open, ready, look }) => {
  await open('/vergelijken');
  await openReceipt(page, { name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
  await page.locator('.field-error').waitFor();
  await look('a file that is none');
  await open('/bedragen');
  await fillIn(page);
  await compare(page);
  await page.waitForURL('**/vergelijken');
  const download = page.waitForEvent('download');
  await page.locator('form[action="/vergelijken/bewijs"] button').click();
  const path = await (await download).path();
  await open('/vergelijken');
  await byId(page, 'bestand').waitFor();
  await openReceipt(page, path);
  await page.locator('[role=status] .notice--done').waitFor();
  await ready();
  await look('opened again');
});
