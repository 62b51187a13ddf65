// Steps of guiding together: what a parent does in her chair, and her helper in theirs.

/** Her browser makes a code, from a page where she fills something in. */
export async function begin(her, from = '/bedragen') {
  await her.goto(from);
  await live(her);
  await her.locator('a.together-link').click();
  await her.locator('#samen-begin').click();
  return (await her.locator('#samen-code').textContent()).trim();
}

/** The helper opens the link that she sent, says a name if asked, and looks along. */
export async function knock(helper, code, name = 'Fatima') {
  await helper.goto(`/samen/mee#${code.replaceAll('-', '')}`);
  await helper.locator('#code').waitFor();
  if ((await helper.locator('#naam').count()) > 0) await helper.locator('#naam').fill(name);
  await helper.locator('form[data-together=join] button').click();
}

/** Two who look together at a page of hers. */
export async function sitDown(her, helper, { from = '/bedragen', name = 'Fatima' } = {}) {
  const code = await begin(her, from);
  await knock(helper, code, name);
  await press(her, 'confirm');
  await her.locator('main .together-log').waitFor();
  await her.goto(from);
  await live(her);
  await her.locator('.together-field').first().waitFor();
  await asked(helper).first().waitFor();
  return code;
}

/** Once islands run. */
export const live = (page) => page.locator('html[data-ready]').waitFor({ state: 'attached' });

/** Presses the button that does so, in either chair. */
export const press = (page, action) => page.locator(`button[data-together="${action}"]`).first().click();

/** Every question in the helper's chair. */
export const asked = (helper) => helper.locator('.together-question');

/** A question in the helper's chair, by the name of her field. */
export const question = (helper, id) => asked(helper).filter({ has: helper.locator(`[data-together=point][data-question="${id}"]`) });

/** What the helper sees of her answer. */
export const seen = (helper, id) => question(helper, id).locator('.together-answer');

/** What stands at a question of hers while she looks together. */
export const beside = (her, id) => her.locator(`.together-field[data-of="${id}"]`);

/** She shows an answer, or covers it again. */
export const flip = (her, id) => beside(her, id).locator('[data-together=flip]').click();

/** The helper proposes an answer, in the way of the question. */
export async function propose(helper, id, value) {
  const at = question(helper, id);
  if ((await at.locator('details[open]').count()) === 0) await at.locator('summary').click();
  const choice = at.locator(`input[type=radio][value=${JSON.stringify(value)}]`);
  if ((await choice.count()) > 0) await choice.check();
  else await at.locator('input, textarea').first().fill(value);
  await at.locator('form button').click();
}

/** The helper writes something short. */
export async function write(helper, text) {
  if ((await helper.locator('#samen-bericht[open]').count()) === 0) await helper.locator('#samen-bericht summary').click();
  await helper.locator('#bericht').fill(text);
  await helper.locator('form[data-together=note] button').click();
}

/** Opens a fold, if it isn't open yet. */
export async function unfold(page, id) {
  if ((await page.locator(`#${id}[open]`).count()) === 0) await page.locator(`#${id} > summary`).click();
}
