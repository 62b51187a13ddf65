// Steps that people take, by the names of fields and buttons: the words on the page may change, these may not.

export const ROUTES = ['finish_after_30k', 'integral_assessment', 'settlement', 'damage_commission'];

/** An element by its id; ids hold dots and brackets here. */
export const byId = (page, id) => page.locator(`[id="${id}"]`);

/** Chooses an answer to the chooser's question, without going on. */
export const choose = (page, question, answer) => page.locator(`.chooser input[type=radio][name="answer.${question}"][value="${answer}"]`).check();

/** Presses "Verder" of the chooser. */
export const next = (page) => page.locator('.chooser button[value=next]').click();

/** Answers the chooser's question and goes on. */
export async function answer(page, question, given) {
  await choose(page, question, given);
  await next(page);
}

/** The answers of a recognised parent who received € 30.000, wants every cent to be right, and had more damage. */
export const ANSWERS = {
  urgent: 'no',
  who: 'parent',
  recognised: 'yes',
  received: 'thirty_thousand',
  assessment: 'decided',
  matters: 'to_the_cent',
  further_damage: 'yes',
  strength: 'together',
  former_partner: 'no',
  children: 'no',
};

/** Answers every question, up to the outcome. */
export async function answerAll(page, answers = ANSWERS) {
  for (const [question, given] of Object.entries(answers)) await answer(page, question, given);
}

/** From the end of the chooser to the comparison. */
export async function toComparison(page, ready) {
  await page.locator('form[action="/vergelijken"] button').click();
  await page.waitForURL('**/vergelijken');
  await ready();
}

/** From the comparison to the amounts, with all she answered. */
export async function toAmounts(page, ready) {
  await page.locator('.overview form[action="/bedragen"] button').click();
  await page.waitForURL('**/bedragen');
  await ready();
}

/** What that parent takes from her letters. */
export const LETTERS = {
  'years[0].year': '2012',
  'years[0].reclaimed': '12.000',
  'years[0].interest_and_costs_paid': '420',
  'years[0].missed_interest': '0',
  first_correction_on: '1-7-2014',
  decision_on: '31-12-2019',
  legal_help: '0',
};

export const INCOME = { 'damages[0].low': '5.000', 'damages[0].high': '15.000' };

/** Types into fields. */
export async function fill(page, fields) {
  for (const [id, value] of Object.entries(fields)) await byId(page, id).fill(value);
}

/** Chooses one of the answers of a question on /bedragen. */
export const pick = (page, name, value) => page.locator(`.amounts input[type=radio][name="${name}"][value="${value}"]`).check();

/** Adds a row to `years`, `damages` or `children`. */
export async function add(page, group) {
  const fields = page.locator(`.amounts [name^="${group}["]`);
  const before = await fields.count();
  await page.locator(`.amounts button[value="add.${group}"]`).click();
  // The row comes a moment after the press, and takes the focus.
  await fields.nth(before).waitFor({ state: 'attached' });
}

/** Fills in the whole situation on /bedragen. */
export async function fillIn(page) {
  await fill(page, { received: '30.000', ...LETTERS });
  await pick(page, 'years[0].ground', 'compensation');
  await add(page, 'damages');
  await byId(page, 'damages[0].kind').selectOption('income');
  await fill(page, INCOME);
}

/** Letters of a case that is in objection, and late. */
export const CASE = [
  ['registered', '16-1-2023'],
  ['first_test_decided', '1-5-2023'],
  ['assessment_decided', '1-3-2024'],
  ['objection_lodged', '1-4-2024'],
  ['information_asked', '1-5-2024'],
  ['information_sent', '20-5-2024'],
  ['damage_requested', '23-8-2023'],
];

/** Tells letters on /tijdlijn: kind and date of each, from the first row on. */
export async function tell(page, letters) {
  for (const [row, [kind, on]] of letters.entries()) {
    if ((await byId(page, `letters[${row}].kind`).count()) === 0) await page.locator('.letters button[value="add.letters"]').click();
    await byId(page, `letters[${row}].kind`).selectOption(kind);
    await byId(page, `letters[${row}].on`).fill(on);
  }
}

/** Presses "Laat zien waar mijn zaak is". */
export const show = (page) => page.locator('.letters .button-row button.nl-button--primary').click();

/** A decision of so many days ago, as people write the day. */
export function daysAgo(days) {
  const day = new Date(Date.now() - days * 86_400_000);
  return `${day.getDate()}-${day.getMonth() + 1}-${day.getFullYear()}`;
}

/** Presses the button of the timeline that goes on to a letter: its word, and behind a full stop its step. */
export const wish = (page, letter) => page.locator(`button[name=wish][value="${letter}"]`).click();

/** Chooses a letter on /tijdlijn/brief; without scripts its fields come with the next page. */
export async function chooseLetter(page, letter, scripts) {
  await page.locator(`input[name=letter][value=${letter}]`).check();
  if (!scripts) await page.locator('.ready-letter .button-row button').click();
}

/** Presses "Laat de brief zien". */
export const makeLetter = (page) => page.locator('.ready-letter .button-row button[value=make]').click();

/** Goes from the letters of a case to what keeping them means. */
export async function askToKeep(page, open) {
  await open('/tijdlijn');
  await tell(page, CASE);
  await page.locator('button[formaction="/dossier"]').click();
  await page.locator('button[value=make]').waitFor();
}

/** Keeps the letters of a case in a dossier; gives its code. */
export async function keep(page, open) {
  await askToKeep(page, open);
  await page.locator('button[value=make]').click();
  return (await page.locator('.code').textContent()) ?? '';
}

/** Opens a dossier with its code. */
export async function openDossier(page, open, code) {
  await open('/dossier');
  await page.locator('#code').fill(code);
  await page.locator('button[value=open]').click();
}

/** Presses "Bereken". */
export const calculate = (page) => page.locator('.amounts .button-row button.nl-button--primary').click();

/** Presses "Vergelijk de vier routes" under the amounts. */
export const compare = (page) => page.locator('.amounts button[formaction="/vergelijken"]').click();

/** Saves the receipt from the comparison, and gives the download. */
export async function saveReceipt(page) {
  const download = page.waitForEvent('download');
  await page.locator('form[action="/vergelijken/bewijs"] button').click();
  return download;
}

/** Opens a file as a receipt on the comparison. */
export async function openReceipt(page, path) {
  await byId(page, 'bestand').setInputFiles(path);
  await page.locator('form[action="/vergelijken/openen"] button[type=submit]').click();
}

/** The figure of a route, on whatever page it stands. */
export const figure = (page, route) => page.locator(`.figure[data-route="${route}"]`);

/** What a parent answers who asks a lawyer along: page by page. */
export const HELP = {
  urgent: { urgent: 'no' },
  kind: { kind: 'legal' },
  about: { 'about.step.objection': true },
  wish: { wish: 'find' },
  preferences: { gender: 'any' },
  language: { language: 'nl' },
  region: { region: 'utrecht' },
  reach: { name: 'Fatma', 'reach.phone': true, phone: '06 12345678' },
  moments: { 'moments.morning': true },
  story: { story: 'Ik begrijp het besluit niet.' },
};

/** Presses "Verder" of the request for help. */
export const nextHelp = (page) => page.locator('main form button[value=next]').click();

/** Fills in one page of the request, and goes on. */
export async function answerHelp(page, step, answers = HELP) {
  await expectStep(page, step);
  for (const [name, given] of Object.entries(answers[step])) {
    const field = page.locator(`main [name="${name}"]:not([type=hidden])`).first();
    const kind = await field.evaluate((it) => (it.tagName === 'SELECT' ? 'select' : it.type));
    if (kind === 'radio') await page.locator(`main [name="${name}"][value="${given}"]`).check();
    else if (kind === 'checkbox') await field.setChecked(given);
    else if (kind === 'select') await field.selectOption(given);
    else await field.fill(given);
  }
  await nextHelp(page);
}

const expectStep = (page, step) => page.locator(`main form input[name=at][value=${step}]`).waitFor({ state: 'attached' });

/** Answers every page of the request, up to all answers. */
export async function fillHelp(page, open, changed = {}) {
  await open('/hulpvraag');
  const answers = Object.fromEntries(Object.entries(HELP).map(([step, given]) => [step, { ...given, ...changed[step] }]));
  for (const step of Object.keys(answers)) await answerHelp(page, step, answers);
}

/** Asks for help; gives the number and the code. */
export async function askHelp(page, open, changed = {}) {
  await fillHelp(page, open, changed);
  await page.locator('button[value=send]').click();
  return { reference: await page.locator('#nummer').innerText(), code: await page.locator('#code').innerText() };
}

/** Opens her request with its number and its code. */
export async function openHelp(page, open, { reference, code }) {
  await open('/hulpvraag/volgen');
  await page.locator('#reference').fill(reference);
  await page.locator('#code').fill(code);
  await page.locator('button[value=open]').click();
}
