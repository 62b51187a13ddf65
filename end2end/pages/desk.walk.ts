// The desk: of a helper, a coordinator, an auditor.
import { askHelp } from '../journey.mjs';
import { expect, test, type Page } from './look';

const IN_LIMBURG = { kind: { kind: 'experience_expert' }, region: { region: 'limburg' }, language: { language: 'en' } };

/** Sends a form as it stands. */
const send = (page: Page, within: string) => page.locator(`${within} button[type=submit]`).first().click();

test('the desk of a helper', async ({ page, open, look, desk }) => {
  await askHelp(page, open, IN_LIMBURG);
  const samira = await desk('Samira');
  await look('what waits', samira);
  await samira.locator('#wacht .desk-request', { hasText: 'Limburg' }).locator('button').click();
  await samira.locator('#contact').waitFor();
  await look('a request picked up', samira);
  await samira.locator('textarea[name=note]').fill('Wij bellen morgen weer.');
  await send(samira, '#contact');
  await samira.locator('.error-summary').waitFor();
  await look('a contact without how it went', samira);
  await samira.locator('input[name=way][value=tried]').check();
  await send(samira, '#contact');
  await expect(samira.locator('#contact')).toContainText('Wij bellen morgen weer.');
  await look('a contact told', samira);
  await send(samira, '#afronden');
  await samira.locator('.error-summary').waitFor();
  await look('closed without an outcome', samira);
  const request = samira.url();
  await samira.goto('/balie');
  await look('her own requests', samira);
  const tab = await samira.context().newPage();
  await tab.goto(request);
  await samira.goto(request);
  await send(samira, '#terugzetten');
  await samira.waitForURL(/klaar=teruggezet/);
  await look('put back', samira);
  await tab.locator('textarea[name=note]').fill('Te laat getypt.');
  await tab.locator('input[name=way]').first().check();
  await send(tab, '#contact');
  await tab.locator('.as-typed').waitFor();
  await look('written to a request that is hers no more', tab);
});

test('the desk of a helper, aside', async ({ look, desk }) => {
  const joyce = await desk('Joyce');
  await joyce.goto('/balie/beschikbaar');
  await look('what she tells of herself', joyce);
  await joyce.locator('[name=most]').fill('0');
  await joyce.locator('[name=paused]').fill('morgen');
  await joyce.locator('[name=mail]').fill('x');
  await send(joyce, 'main .form');
  await joyce.locator('.error-summary').waitFor();
  await look('what she tells, with errors', joyce);
  await joyce.goto('/balie/hulpmiddelen');
  await look('aids for a conversation', joyce);
  await joyce.goto('/balie/collega');
  await look('a colleague who listens', joyce);
  await send(joyce, '#vraag');
  await joyce.locator('.error-summary').waitFor();
  await look('nothing asked of a colleague', joyce);
  await joyce.locator('[name=text]').fill('Een zwaar gesprek vandaag.');
  await joyce.locator('[name=reach]').fill('06 12345678');
  await send(joyce, '#vraag');
  await joyce.waitForURL(/klaar=/);
  await look('asked a colleague', joyce);
  await joyce.goto('/balie/logboek');
  await look('what isn’t for her role', joyce);
  for (const said of ['weg', 'vol', 'pauze', 'past-niet', 'voorbij']) {
    await joyce.goto(`/balie?klaar=${said}`);
    await look(`told that it is ${said}`, joyce);
  }
  const [tab] = await Promise.all([joyce.context().waitForEvent('page'), joyce.getByRole('button', { name: 'Blijf ingelogd' }).click()]);
  await tab.locator('h1').waitFor();
  await look('signed in for longer', tab);
});

test('the desk of who told nothing yet', async ({ look, desk }) => {
  const fatma = await desk('Fatma');
  await look('an empty list', fatma);
  await fatma.goto('/samen/mee');
  await fatma.locator('#samen-uitleg').waitFor();
  await look('the door of a meeting, signed in', fatma);
});

test('the desk of a coordinator', async ({ page, open, look, desk }) => {
  await askHelp(page, open, { ...IN_LIMBURG, urgent: { urgent: 'yes' } });
  const henk = await desk('Henk');
  await look('first', henk);
  await henk.goto('/balie/overzicht');
  await henk.locator('details').evaluateAll((all) => all.forEach((it) => ((it as HTMLDetailsElement).open = true)));
  await look('the overview', henk);
  await send(henk, 'form[action="/balie/overzicht/uitnodigen"]');
  await henk.locator('.error-summary').waitFor();
  await look('an invitation without a name', henk);
  await henk.goto('/balie/overzicht');
  const invite = henk.locator('form[action="/balie/overzicht/uitnodigen"]');
  await invite.locator('input[type=text]').first().fill('Nieuwe Helper');
  for (const select of await invite.locator('select').all()) await select.selectOption({ index: 1 });
  const role = invite.locator('input[type=radio]').first();
  if (await role.count()) await role.check();
  await send(henk, 'form[action="/balie/overzicht/uitnodigen"]');
  await look('an invitation made', henk);
});

test('the desk of an auditor', async ({ look, desk }) => {
  const ans = await desk('Ans');
  await look('first', ans);
  await ans.goto('/balie/logboek');
  await look('the log', ans);
});

test('who isn’t signed in', async ({ page, open, look }) => {
  await open('/balie');
  await look('sent to sign in');
});
