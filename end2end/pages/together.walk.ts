// Looking at a page together: both chairs, from the code to what happened.
import { answerHelp, fillIn } from '../journey.mjs';
import { asked, begin, beside, flip, knock, live, press, propose, question, sitDown, unfold, write } from '../together.mjs';
import { expect, test } from './look';

test.skip(({ scripts }) => !scripts, 'Without scripts there is no meeting: the pages say so, and are looked at as they open.');

test('a meeting begins', async ({ page: her, somebody, look }) => {
  const helper = await somebody();
  const code = await begin(her);
  await look('her code');
  await helper.goto('/samen/mee');
  await live(helper);
  await look('the helper’s door', helper);
  await helper.locator('form[data-together=join] button').click();
  await helper.locator('.error-summary').waitFor();
  await look('the door, nothing filled in', helper);
  await helper.locator('#code').fill('welkom01');
  await helper.locator('#naam').fill('Karel');
  await helper.locator('form[data-together=join] button').click();
  await helper.locator('[data-problem-of=code] .field-error').waitFor();
  await look('the door, a wrong code', helper);
  await knock(helper, code);
  await her.locator('#samen-wie').waitFor();
  await look('she says whether it is who she expects');
  await look('the helper waits', helper);
  await press(her, 'confirm');
  await her.locator('main .together-log').waitFor();
  await look('together');
  await her.goto('/over');
  await her.locator('.together-banner').waitFor();
  await look('together, on a page to read');
  const tab = await her.context().newPage();
  await tab.goto('/privacy');
  await tab.locator('.together-banner').waitFor();
  await look('another tab of hers', tab);
});

test('a meeting on a page', async ({ page: her, somebody, look }) => {
  const helper = await somebody();
  await sitDown(her, helper);
  await look('she sits down');
  await look('the helper sits down', helper);
  await fillIn(her);
  await flip(her, 'received');
  await write(helper, 'Kijk op de brief van 2020, bladzijde 2. Daar staat het bedrag onder “nog te betalen”.');
  await question(helper, 'legal_help').locator('[data-together=point]').click();
  await propose(helper, 'received', '12.000');
  await beside(her, 'received').locator('.together-proposal').waitFor();
  await look('a note, a place pointed at and a proposal');
  await look('what the helper did', helper);
  await unfold(her, 'samen-ziet');
  await unfold(helper, 'samen-log');
  await look('all unfolded');
  await look('what happened, for the helper', helper);
  await press(her, 'stop');
  await expect(helper.locator('#samen')).toContainText('De ouder stopte.');
  await look('over, on a page');
  await look('over, for the helper', helper);
  await her.goto('/samen');
  await live(her);
  await look('what happened');
});

test('a meeting on many small questions', async ({ page: her, somebody, look }) => {
  const helper = await somebody();
  await sitDown(her, helper, { from: '/keuzehulp' });
  await look('the chooser');
  await look('the chooser, for the helper', helper);
  await her.goto('/hulpvraag');
  for (const step of ['urgent', 'kind']) await answerHelp(her, step);
  await asked(helper).nth(2).waitFor();
  await her.locator('.together-field [data-together=flip]').first().waitFor();
  await look('a question of help');
  await look('a question of help, for the helper', helper);
});

test('a meeting with who is signed in', async ({ page: her, desk, look }) => {
  const samira = await desk('Samira');
  await knock(samira, await begin(her));
  await her.locator('#samen-wie').waitFor();
  await look('who it is was checked');
});
