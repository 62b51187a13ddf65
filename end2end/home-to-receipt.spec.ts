import { readFile, writeFile } from 'node:fs/promises';

import { herstelroute } from './environment.mjs';
import { expect, test } from './fixtures';
import { ANSWERS, ROUTES, add, answerAll, byId, calculate, compare, figure, fill, INCOME, LETTERS, openReceipt, pick, saveReceipt, toAmounts, toComparison } from './journey.mjs';

// By hand, in euros (domain.md §2):
//   start amount                                   12.000
//   material damage            25 % × 12.000 =      3.000
//   interest and costs                                420
//   legal help, missed interest                         0
//   immaterial damage  1-7-2014 … 31-12-2019: 10 full, 11 started half years × 500 = 5.000 … 5.500
//   supplement          1 % × (20.420 … 20.920) =  204,20 … 209,20
//   together                                       20.624,20 … 21.129,20
//   floor               30.000 − that =             8.870,80 … 9.375,80
// With 5.000 … 15.000 of damage: 25.624,20 … 36.129,20, so 30.000 … 36.129,20. Of that 30.000 was received.
const TOTAL = {
  finish_after_30k: '€ 30.000',
  integral_assessment: '€ 30.000',
  settlement: '€ 30.000 tot € 36.129,20',
  damage_commission: '€ 30.000 tot € 36.129,20',
};
const ASSESSMENT_LINES = ['€ 12.000', '€ 3.000', '€ 420', '€ 0', '€ 0', '€ 5.000 tot € 5.500', '€ 204,20 tot € 209,20', '€ 8.870,80 tot € 9.375,80'];

test('a parent goes from the first page to a receipt that anyone can check', async ({ page, scripts, ready, open }, info) => {
  // The longest journey of all.
  test.slow();
  await test.step('the first page leads to the questions', async () => {
    await open('/');
    await page.locator('main a.nl-button--primary').click();
    await page.waitForURL('**/keuzehulp');
    await ready();
  });

  await test.step('her answers lead to the comparison', async () => {
    await answerAll(page);
    await toComparison(page, ready);
    for (const route of ROUTES) {
      const card = page.locator(`.route-card[data-route="${route}"]`);
      await expect(card.locator('.facts > .fact')).toHaveCount(8);
      await expect(card.locator('.figure-amount')).toContainText('€ 30.000');
    }
    await expect(page.locator('.fits a[href="#kaart-integral_assessment"]')).toBeVisible();
  });

  await test.step('she goes on to the amounts, where her answers stand already', async () => {
    await toAmounts(page, ready);
    await expect(byId(page, 'received')).toHaveValue('30.000');
    await expect(page.locator('.error-summary')).toHaveCount(0);
  });

  await test.step('she fills in what her letters say', async () => {
    await fill(page, LETTERS);
    await pick(page, 'years[0].ground', 'compensation');
    await add(page, 'damages');
    await byId(page, 'damages[0].kind').selectOption('income');
    await fill(page, INCOME);
    await expect(byId(page, 'years[0].reclaimed')).toHaveValue('12.000');
    if (!scripts) await calculate(page);
  });

  await test.step('every figure is right to the cent, and shows how it was made', async () => {
    for (const route of ROUTES) {
      await expect(page.locator('.route-result').locator(figure(page, route)).locator('.figure-amount')).toHaveText(TOTAL[route]);
    }
    const assessment = figure(page, 'integral_assessment');
    await assessment.locator('summary').first().click();
    await expect(assessment.locator('.line-amount').first()).toBeVisible();
    await expect(assessment.locator('.lines .line-amount')).toHaveText(ASSESSMENT_LINES);
    await expect(assessment.locator('.line-total .line-amount')).toHaveText('€ 30.000');
    await expect(figure(page, 'settlement').locator('.figure-still')).toContainText('€ 0 tot € 6.129,20');
    // Every line tells where it comes from.
    for (const line of await assessment.locator('.lines > .line').all()) {
      await expect(line).toHaveAttribute('data-origin', /^(you_said|rule|calculated)$/);
      await expect(line.locator('.line-origin')).not.toBeEmpty();
    }
  });

  await test.step('the comparison shows the same figures', async () => {
    await compare(page);
    await page.waitForURL('**/vergelijken');
    await ready();
    for (const route of ROUTES) {
      await expect(page.locator(`.route-card[data-route="${route}"] .figure-amount`)).toHaveText(TOTAL[route]);
      await expect(page.locator(`.range-row[data-route="${route}"] .range-text`)).toHaveText(TOTAL[route]);
    }
    // What she told the chooser still counts.
    await expect(page.locator('.fits a[href="#kaart-integral_assessment"]')).toBeVisible();
    await expect(page.locator('.fits a[href="#kaart-settlement"]')).toBeVisible();
  });

  await test.step('on paper it says what she filled in', async () => {
    const sheet = page.locator('.on-paper');
    await expect(sheet).toBeHidden();
    await page.emulateMedia({ media: 'print' });
    await expect(sheet).toBeVisible();
    for (const typed of ['2012', '€ 12.000', '€ 420', '1 juli 2014', '31 december 2019', '€ 5.000 tot € 15.000']) {
      await expect(sheet).toContainText(typed);
    }
    await page.emulateMedia({ media: null });
  });

  const file = info.outputPath('receipt.json');
  await test.step('she saves the receipt, and the command line comes to the same numbers', async () => {
    const download = await saveReceipt(page);
    expect(download.suggestedFilename()).toMatch(/^herstelroute-bewijs-\d{4}-\d\d-\d\d\.json$/);
    await download.saveAs(file);
    const replayed = herstelroute('replay', file);
    expect(replayed.status).toBe(0);
    expect(JSON.parse(replayed.output)).toMatchObject({ same_rules: true, changes: [] });
  });

  await test.step('opened again later, in an empty browser, it goes on where she was', async () => {
    await page.evaluate(() => sessionStorage.clear());
    await open('/vergelijken');
    await expect(page.locator('.figure-amount')).toHaveCount(0);
    await openReceipt(page, file);
    await expect(page.locator('[role=status] .notice--done')).toBeVisible();
    await ready();
    for (const route of ROUTES) {
      await expect(page.locator(`.route-card[data-route="${route}"] .figure-amount`)).toHaveText(TOTAL[route]);
    }
  });

  await test.step('a file that was changed is told, and its figures are not believed', async () => {
    const receipt = JSON.parse(await readFile(file, 'utf8'));
    receipt.assessment.routes[1].total.high = 9_900_000;
    const changed = info.outputPath('changed.json');
    await writeFile(changed, JSON.stringify(receipt));
    expect(herstelroute('replay', changed).status).toBe(1);

    await openReceipt(page, changed);
    await expect(page.locator('[role=status] .notice--late')).toBeVisible();
    await ready();
    await expect(page.locator('.route-card[data-route="integral_assessment"] .figure-amount')).toHaveText(TOTAL.integral_assessment);
  });
});

test('the answers of the chooser are not asked again', async ({ page, ready, open }) => {
  await open('/keuzehulp');
  await answerAll(page, { ...ANSWERS, received: 'nothing', further_damage: 'no', children: 'yes' });
  await toComparison(page, ready);
  await toAmounts(page, ready);
  await expect(byId(page, 'received')).toHaveValue('0');
  await expect(byId(page, 'no_damage')).toBeChecked();
});
