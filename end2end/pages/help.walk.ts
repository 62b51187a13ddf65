// Help: each question, made, followed, taken back.
import { answerHelp, askHelp, byId, fillHelp, HELP, nextHelp, openHelp } from '../journey.mjs';
import { expect, test, type Page } from './look';

const act = (page: Page, action: string) => page.locator(`button[value=${action}]`).first().click();

test('help, question by question', async ({ page, open, look }) => {
  await open('/hulpvraag');
  for (const step of Object.keys(HELP)) {
    await page.locator(`main form input[name=at][value=${step}]`).waitFor({ state: 'attached' });
    if (step !== 'urgent') await look(step);
    await answerHelp(page, step);
  }
  await page.locator('button[value=send]').waitFor();
  await look('all answers');
  await act(page, 'send');
  await page.locator('#nummer').waitFor();
  await look('made');
});

test('help, with something missing', async ({ page, open, look }) => {
  await open('/hulpvraag');
  for (const step of ['urgent', 'kind', 'about', 'wish', 'preferences', 'language', 'region', 'reach']) {
    if (step !== 'preferences') {
      await nextHelp(page);
      await expect(page.locator('.error-summary a').first()).toBeVisible();
      await look(step);
    }
    await answerHelp(page, step);
  }
});

test('help, of somebody she knows', async ({ page, open, look }) => {
  await fillHelp(page, open);
  await act(page, 'wish');
  await page.locator('input[name=wish][value=chosen]').check();
  await nextHelp(page);
  await page.locator('main form input[name=at][value=profile]').waitFor({ state: 'attached' });
  await look('whom she chooses');
  await nextHelp(page);
  await page.locator('.error-summary').waitFor();
  await look('nobody chosen');
  await open('/hulpvraag');
  await fillHelp(page, open);
  await act(page, 'wish');
  await page.locator('input[name=wish][value=own]').check();
  await nextHelp(page);
  await page.locator('main form input[name=at][value=own_helper]').waitFor({ state: 'attached' });
  await look('her own helper');
  await fillHelp(page, open);
  await act(page, 'reach');
  await byId(page, 'phone').fill('bel maar');
  await nextHelp(page);
  await expect(page.locator('.error-summary a')).toHaveCount(1);
  await look('a number that can’t be');
});

test('help, followed', async ({ page, open, look, desk }) => {
  const held = await askHelp(page, open, { kind: { kind: 'experience_expert' }, region: { region: 'friesland' } });
  await openHelp(page, open, held);
  await page.locator('.timeline-step[aria-current=step]').waitFor();
  await look('asked');
  await byId(page, 'phone').fill('bel maar');
  await act(page, 'contact');
  await page.locator('.error-summary').waitFor();
  await look('a number that can’t be');
  await byId(page, 'phone').fill('030 1234567');
  await act(page, 'contact');
  await page.locator('.notice--done').waitFor();
  await look('changed');
  const samira = await desk('Samira');
  await samira.locator('#wacht .desk-request', { hasText: 'Fr' }).locator('button').first().click();
  await samira.locator('#contact').waitFor();
  await openHelp(page, open, held);
  await look('somebody has it');
  await samira.locator('input[name=way][value=reached]').check();
  await samira.locator('#contact button[type=submit]').click();
  await openHelp(page, open, held);
  await look('in contact');
  await samira.locator('input[name=outcome]').first().check();
  await samira.locator('#afronden button').click();
  await samira.waitForURL(/klaar=afgerond/);
  await openHelp(page, open, held);
  await look('done, with two questions to her');
  await page.locator('input[name=was_fair]').first().check();
  await page.locator('input[name=can_go_on]').first().check();
  await act(page, 'answer');
  await page.locator('.notice--done').waitFor();
  await look('answered');
});

test('help, taken back', async ({ page, open, look }) => {
  const held = await askHelp(page, open);
  await openHelp(page, open, held);
  await act(page, 'ask_withdraw');
  await page.locator('button[value=withdraw]').waitFor();
  await look('sure to take it back');
  await act(page, 'withdraw');
  await page.locator('h1').waitFor();
  await look('taken back just now');
  await openHelp(page, open, held);
  await look('taken back');
  await openHelp(page, open, { reference: held.reference, code: '0000' });
  await page.locator('.error-summary').waitFor();
  await look('a wrong code');
  await openHelp(page, open, { reference: '', code: '' });
  await page.locator('.error-summary').waitFor();
  await look('without a number');
  for (let tries = 0; tries < 10; tries += 1) await openHelp(page, open, { reference: held.reference, code: '0000' });
  await look('tried too often');
});
