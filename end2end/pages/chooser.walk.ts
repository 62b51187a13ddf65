// The chooser: every question of hers, its faults, and where it ends.
import { ANSWERS, answer, answerAll, next } from '../journey.mjs';
import { test, unfoldAll } from './look';

const FORMER_PARTNER = { urgent: 'no', who: 'former_partner', ex_recognised: 'yes', ex_earlier_compensation: 'no', ex_parted_before_payment: 'yes', ex_benefit_partner: 'yes', ex_harmed_year: 'yes' };

test('the chooser, question by question', async ({ page, open, look }) => {
  await open('/keuzehulp');
  for (const [question, given] of Object.entries(ANSWERS)) {
    await page.locator(`.chooser input[name="answer.${question}"]`).first().waitFor();
    if (question !== 'urgent') await look(question);
    await answer(page, question, given);
  }
  await page.locator('.chooser form[action="/vergelijken"]').waitFor();
  await look('the outcome');
  await unfoldAll(page);
  await look('the outcome, all unfolded');
});

test('the chooser, aside', async ({ page, open, look }) => {
  await open('/keuzehulp');
  await next(page);
  await page.locator('.error-summary').waitFor();
  await look('a question without an answer');
  await open('/keuzehulp');
  await answer(page, 'urgent', 'yes');
  await page.locator('.todo').waitFor();
  await look('a person first');
});

for (const [name, answers] of Object.entries({
  'a former partner': FORMER_PARTNER,
  'a former partner for whom it isn’t': { urgent: 'no', who: 'former_partner', ex_recognised: 'no' },
  'somebody who waits': { urgent: 'no', who: 'parent', recognised: 'no', first_test: 'waiting' },
  'somebody who registered too late': { urgent: 'no', who: 'parent', recognised: 'no', first_test: 'never_registered' },
  'somebody who was refused': { urgent: 'no', who: 'parent', recognised: 'no', first_test: 'refused', assessment_after_refusal: 'refused' },
  'a child': { urgent: 'no', who: 'child', child_parent_recognised: 'yes' },
  'somebody who doesn’t know': { urgent: 'no', who: 'unknown' },
})) {
  test(`the chooser, for ${name}`, async ({ page, open, look }) => {
    await open('/keuzehulp');
    await answerAll(page, answers);
    await page.locator('.todo, .chooser input[type=radio]').first().waitFor();
    await look('where it leads');
  });
}

test('the chooser, opened out', async ({ page, open, look }) => {
  await open('/keuzehulp');
  await answerAll(page, { urgent: 'no', who: 'parent', recognised: 'yes' });
  await page.locator('.chooser input[name="answer.received"]').first().waitFor();
  await unfoldAll(page);
  await look('a question with all unfolded');
  await page.locator('.chooser button.term').first().click();
  await look('a word explained');
});
