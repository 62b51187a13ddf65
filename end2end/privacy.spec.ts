import type { Page, Request } from '@playwright/test';

import { expect, test } from './fixtures';
import { add, answerAll, byId, calculate, compare, fill, openReceipt, pick, saveReceipt, toAmounts, toComparison } from './journey.mjs';

/** Typed by nobody else, so that every trace of it is ours. */
const TYPED = {
  received: '31.415,92',
  'years[0].year': '2013',
  'years[0].reclaimed': '27.182,81',
  'years[0].interest_and_costs_paid': '1.414,21',
  'years[0].missed_interest': '0',
  first_correction_on: '17-3-2015',
  decision_on: '23-11-2021',
  legal_help: '1.732,05',
};
const CHILD = { 'children[0].born_on': '29-2-2008' };

/** As typed, as a number, and as it would stand in an address. */
const MARKERS = ['31.415', '3141592', '27.182', '2718281', '1.414,21', '141421', '1.732', '173205', '17-3-2015', '2015-03-17', '23-11-2021', '2021-11-23', '29-2-2008', '2008-02-29', 'thirty_thousand', 'to_the_cent'];

async function fillInMarkers(page: Page) {
  await fill(page, TYPED);
  await pick(page, 'years[0].ground', 'compensation');
  await add(page, 'children');
  await fill(page, CHILD);
}

/** Everything that a request carries out of the browser. */
async function carried(request: Request): Promise<string> {
  const headers = Object.entries(await request.allHeaders().catch(() => request.headers()));
  return [request.method(), decodeURIComponent(request.url()), decodeURIComponent(request.postData() ?? ''), ...headers.flat()].join('\n');
}

test('with scripts, nothing typed leaves the phone', { tag: '@scripts' }, async ({ page, ready, open }) => {
  const requests: Request[] = [];
  page.context().on('request', (request) => requests.push(request));

  await open('/keuzehulp');
  await answerAll(page);
  await toComparison(page, ready);
  await toAmounts(page, ready);
  await fillInMarkers(page);
  await calculate(page);
  await compare(page);
  await page.waitForURL('**/vergelijken');
  await ready();
  await expect(page.locator('.figure-amount')).toHaveCount(4);
  const receipt = await saveReceipt(page);
  await openReceipt(page, await receipt.path());
  await expect(page.locator('[role=status] .notice--done')).toBeVisible();
  await page.locator('main a[href="/verder"], header a[href="/verder"]').first().click();
  await page.waitForURL('**/verder');

  expect(requests.length).toBeGreaterThan(4);
  for (const request of requests.filter((request) => !request.url().startsWith('blob:'))) {
    expect(request.method(), request.url()).toBe('GET');
    expect(request.postData(), request.url()).toBeNull();
    expect(new URL(request.url()).search, request.url()).toBe('');
    const sent = await carried(request);
    for (const marker of MARKERS) expect(sent, `${marker} in ${request.url()}`).not.toContain(marker);
  }
});

test('what is typed stays in this tab until she saves it on this phone, and "wis alles" wipes both', { tag: '@scripts' }, async ({ page, open }) => {
  const storages = () => page.evaluate(() => ({ tab: JSON.stringify({ ...sessionStorage }), phone: JSON.stringify({ ...localStorage }), cookies: document.cookie }));
  const empty = { tab: '{}', phone: '{}', cookies: '' };

  await open('/bedragen');
  expect(await storages()).toEqual(empty);
  await fillInMarkers(page);
  await expect.poll(async () => (await storages()).tab).toContain('29-2-2008');
  expect((await storages()).phone).toBe('{}');
  expect(page.url()).not.toMatch(/[?#]/);
  expect(JSON.stringify(await page.evaluate(() => history.state))).not.toContain('27.182');

  await page.locator('.keep > button').nth(0).click();
  await expect.poll(async () => (await storages()).phone).toContain('29-2-2008');
  expect(await page.context().cookies()).toEqual([]);

  await test.step('a new visit offers what was saved, and takes it only when she asks', async () => {
    await page.evaluate(() => sessionStorage.clear());
    await open('/bedragen');
    await expect(byId(page, 'years[0].reclaimed')).toHaveValue('');
    await page.locator('.keep p button').click();
    await expect(byId(page, 'years[0].reclaimed')).toHaveValue('27.182,81');
  });

  await test.step('"wis alles" leaves nothing', async () => {
    await expect(page.locator('html')).toHaveAttribute('data-ready', '');
    // Straight from a field that was just filled in.
    await byId(page, 'legal_help').fill('1.732,05');
    await page.locator('.keep > button').nth(1).click();
    await expect.poll(storages).toEqual(empty);
    await expect(byId(page, 'years[0].reclaimed')).toHaveValue('');
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-ready', '');
    await expect(byId(page, 'years[0].reclaimed')).toHaveValue('');
  });
});

test('without scripts, the answer is kept by nobody', { tag: '@no-scripts' }, async ({ page, open }) => {
  const posts: Request[] = [];
  page.context().on('request', (request) => request.method() === 'POST' && posts.push(request));

  await open('/keuzehulp');
  await answerAll(page, { urgent: 'no', who: 'parent', recognised: 'yes' });
  await open('/bedragen');
  await fillInMarkers(page);
  await calculate(page);
  await expect(byId(page, 'years[0].reclaimed')).toHaveValue('27.182,81');
  await compare(page);
  await page.waitForURL('**/vergelijken');
  await saveReceipt(page);

  expect(posts.length).toBeGreaterThanOrEqual(7);
  for (const request of posts) {
    expect(new URL(request.url()).search).toBe('');
    const headers = await (await request.response())!.allHeaders();
    expect(headers['cache-control'], request.url()).toBe('no-store');
    expect(headers['set-cookie'], request.url()).toBeUndefined();
    expect(JSON.stringify(headers)).not.toContain('27.182');
  }
  expect(page.url()).not.toMatch(/[?#]/);
  expect(await page.context().cookies()).toEqual([]);
});

test('a form from another site is refused', { tag: '@scripts' }, async ({ request }) => {
  const answer = await request.post('/bedragen', { form: { received: '1' }, headers: { origin: 'https://elders.example', 'sec-fetch-site': 'cross-site' } });
  expect(answer.status()).toBe(403);
});

test('leaving quickly wipes what the browser kept, and goes elsewhere', { tag: '@scripts' }, async ({ request }) => {
  const answer = await request.get('/weg', { maxRedirects: 0 });
  expect(answer.status()).toBe(303);
  expect(answer.headers()['clear-site-data']).toContain('"storage"');
  expect(answer.headers()['referrer-policy']).toBe('no-referrer');
  expect(answer.headers()['location']).toMatch(/^https:/);
});
