import { writeFile } from 'node:fs/promises';

import { expect, test, type Page } from './fixtures';
import { add, byId, calculate, fill, LETTERS, openReceipt, pick } from './journey.mjs';

const AMOUNTS = [
  'received',
  'years[0].reclaimed',
  'years[0].interest_and_costs_paid',
  'years[0].missed_interest',
  'years[0].outstanding',
  'legal_help',
  'damages[0].low',
  'damages[0].high',
];
const DAYS = ['first_correction_on', 'decision_on', 'children[0].born_on'];
const EVERY_FIELD = ['years[0].year', ...AMOUNTS, ...DAYS];

/** What none of these fields can take. */
const BAD = [
  { what: 'an amount that can be read in two ways', typed: '1.2.3' },
  { what: 'a negative amount', typed: '-5' },
  { what: 'an amount without end', typed: '1000000000000000000' },
  { what: 'an amount beyond any number', typed: '9'.repeat(60) },
  { what: 'words', typed: 'weet ik niet <b>' },
  { what: 'a day that does not exist', typed: '31-2-2014' },
  { what: 'a day in the future', typed: '1-1-2099' },
];

for (const { what, typed } of BAD) {
  test(`${what} is told at every field where it is typed, and nothing typed is lost`, async ({ page, scripts, open }) => {
    await open('/bedragen');
    await add(page, 'damages');
    await add(page, 'children');
    await pick(page, 'years[0].ground', 'compensation');
    await byId(page, 'damages[0].kind').selectOption('income');
    await fill(page, Object.fromEntries(EVERY_FIELD.map((field) => [field, typed])));
    await calculateRefused(page, scripts);
    for (const field of EVERY_FIELD) await isTold(page, field, typed, scripts && field === EVERY_FIELD[0]);
    await expect(byId(page, 'damages[0].kind')).toHaveValue('income');
    await expect(page.locator('.amounts input[name="years[0].ground"][value=compensation]')).toBeChecked();
  });
}

/** One bad value each, in a form that is right for the rest. */
const ALONE = [
  { what: 'an amount that can be read in two ways', field: 'years[0].reclaimed', typed: '1.2.3' },
  { what: 'a day in the future', field: 'decision_on', typed: '1-1-2099' },
  { what: 'a decision before the correction', field: 'decision_on', typed: '1-1-2013' },
  { what: 'a year before the scheme', field: 'years[0].year', typed: '2004' },
  { what: 'a year that is no year', field: 'years[0].year', typed: '12' },
  { what: 'a year in the future', field: 'years[0].year', typed: '2099' },
];

for (const { what, field, typed } of ALONE) {
  test(`${what} is told at its field, kept, and the rest is still computed`, async ({ page, scripts, open }) => {
    await open('/bedragen');
    await fill(page, { received: '30.000', ...LETTERS, [field]: typed });
    await pick(page, 'years[0].ground', 'compensation');
    await calculateRefused(page, scripts);
    await isTold(page, field, typed, scripts);
    await expect(page.locator('.route-result[data-route=finish_after_30k] .figure-amount')).toHaveText('€ 30.000');
    await expect(page.locator('.route-result[data-route=integral_assessment] .figure-amount')).toContainText('€ 30.000');
  });
}

test('a lowest amount above the highest is told at its field', async ({ page, scripts, open }) => {
  await open('/bedragen');
  await add(page, 'damages');
  await byId(page, 'damages[0].kind').selectOption('income');
  await fill(page, { 'damages[0].low': '9.000', 'damages[0].high': '100' });
  await calculate(page);
  await isTold(page, 'damages[0].high', '100', scripts);
  await expect(byId(page, 'damages[0].low')).toHaveValue('9.000');
});

test('damage without a kind is told at its field', async ({ page, scripts, open }) => {
  await open('/bedragen');
  await add(page, 'damages');
  await fill(page, { 'damages[0].low': '100' });
  await calculate(page);
  await isTold(page, 'damages[0].kind', '', scripts);
});

test('forty years are told in words, and none of them is lost', async ({ page, scripts, open }) => {
  // Without scripts every row is a page.
  test.slow();
  await open('/bedragen');
  const years = Array.from({ length: 40 }, (_, row) => [`years[${row}].year`, String(2005 + (row % 20))] as const);
  for (const [last] of years.slice(1)) {
    await add(page, 'years');
    await expect(byId(page, last)).toBeVisible();
  }
  await fill(page, Object.fromEntries(years));
  await calculateRefused(page, scripts);
  await isToldAt(page, 'years', scripts);
  for (const [id, year] of years) await expect(byId(page, id)).toHaveValue(year);
});

test('a problem appears when she leaves the field, and goes when it is put right', { tag: '@scripts' }, async ({ page, open }) => {
  await open('/bedragen');
  const slot = page.locator('[data-problem-of="received"]');
  await byId(page, 'received').pressSequentially('1.2');
  await expect(slot).toBeEmpty();
  await byId(page, 'received').press('Tab');
  await expect(slot).not.toBeEmpty();
  await expect(byId(page, 'received')).toHaveAttribute('aria-invalid', 'true');
  await byId(page, 'received').fill('1.200');
  await byId(page, 'received').press('Tab');
  await expect(slot).toBeEmpty();
  await expect(byId(page, 'received')).not.toHaveAttribute('aria-invalid', 'true');
});

for (const [what, json] of [
  ['no receipt at all', '{"kind":"something.else"}'],
  ['no JSON', 'Geachte heer, mevrouw'],
  ['empty', ''],
  ['a situation that cannot be', '{"kind":"herstelroute.receipt","rules":{"version":"1","sha256":"0"},"situation":{"on":"2026-02-31","recognised":true},"assessment":{},"parameters":[]}'],
] as const) {
  test(`a file that is ${what} is refused in words`, async ({ page, scripts, open }, info) => {
    const path = info.outputPath('bestand.json');
    await writeFile(path, json);
    await open('/vergelijken');
    const answered = scripts ? undefined : page.waitForResponse((response) => response.request().method() === 'POST');
    await openReceipt(page, path);
    if (answered) {
      expect((await answered).status()).toBe(422);
      await expect(page).toHaveTitle(/^Fout: /);
    }
    await expect(page.locator('.field-error')).toBeVisible();
    await expect(page.locator('h1')).toBeVisible();
  });
}

/** Presses "Bereken", and sees that the server refuses where no script does. */
async function calculateRefused(page: Page, scripts: boolean) {
  const answered = scripts ? undefined : page.waitForResponse((response) => response.request().method() === 'POST');
  await calculate(page);
  if (!answered) return;
  expect((await answered).status()).toBe(422);
  await expect(page).toHaveTitle(/^Fout: /);
}

/** Told at the field, which is marked; what was typed still stands. */
async function isTold(page: Page, field: string, typed: string, hasFocus: boolean) {
  await expect(byId(page, field)).toHaveValue(typed);
  await expect(byId(page, field)).toHaveAttribute('aria-invalid', 'true');
  await isToldAt(page, field, hasFocus);
}

/** The same words at the place and in the summary, which leads to it. */
async function isToldAt(page: Page, place: string, hasFocus: boolean) {
  const summary = page.locator('.error-summary');
  await expect(summary).toBeVisible();
  if (hasFocus) await expect(summary).toBeFocused();
  const link = summary.locator(`a[href="#${place}"]`);
  const words = (await link.textContent())?.trim() ?? '';
  expect(words).not.toBe('');
  await expect(page.locator(`[data-problem-of="${place}"]`)).toContainText(words);
  await link.click();
  await expect(byId(page, place)).toBeInViewport();
  await expect(byId(page, place)).toBeFocused();
}
