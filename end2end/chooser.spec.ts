import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import type { Page } from '@playwright/test';

import { expect, test } from './fixtures';
import { ANSWERS, answer, answerAll, choose, next } from './journey.mjs';

type Graph = { start: string; questions: Map<string, { id: string; next: string }[]>; outcomes: Map<string, string | undefined> };

/** The questions and outcomes as the rules have them. */
const GRAPH = read(readFileSync(resolve(import.meta.dirname, '../app/domain/rules/chooser/graph.toml'), 'utf8'));

/** The place that the page shows: the id of a question or an outcome. */
const at = (page: Page) => page.locator('.chooser form.form input[name=at]');
const radio = (page: Page, question: string, given: string) => page.locator(`.chooser input[type=radio][name="answer.${question}"][value="${given}"]`);
const back = (page: Page) => page.locator('.chooser form.form button[value=back]');

for (const outcome of GRAPH.outcomes.keys()) {
  test(`the outcome ${outcome} can be reached by clicking`, async ({ page, open }) => {
    const way = wayTo(outcome);
    expect(way, 'the graph leads there').toBeDefined();
    await open('/keuzehulp');
    for (const step of way!) {
      await expect(at(page)).toHaveValue(step.at);
      if (step.answer) await answer(page, step.at, step.answer);
      else await next(page);
    }
    await expect(at(page)).toHaveValue(outcome);
    await expect(page.locator('.chooser h1')).toHaveCount(1);
    await expect(page.locator('.chooser .todo > li').first()).toBeVisible();
    // There is always a way on.
    await expect(page.locator('.chooser a.nl-button, .chooser form[data-go] button, .chooser a[href^="tel:"]').first()).toBeVisible();
  });
}

test('who needs a person now can dial at once', async ({ page, open }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open('/keuzehulp');
  await answer(page, 'urgent', 'yes');
  const numbers = page.locator('.chooser .numbers a');
  await expect(numbers).toHaveCount(4);
  for (const number of await numbers.all()) {
    await expect(number).toHaveAttribute('href', `tel:${(await number.innerText()).replaceAll('-', '')}`);
    await expect(number).toBeInViewport({ ratio: 1 });
    expect((await number.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  }
});

test('"terug" goes back one question and keeps the answer', async ({ page, open }) => {
  await open('/keuzehulp');
  await answerAll(page, { urgent: 'no', who: 'parent', recognised: 'yes' });
  await expect(at(page)).toHaveValue('received');
  await back(page).click();
  await expect(at(page)).toHaveValue('recognised');
  await expect(radio(page, 'recognised', 'yes')).toBeChecked();
  await back(page).click();
  await expect(at(page)).toHaveValue('who');
  await expect(radio(page, 'who', 'parent')).toBeChecked();
});

test("the browser's own back and forward go by questions, and keep the answers", { tag: '@scripts' }, async ({ page, open }) => {
  await open('/');
  await open('/keuzehulp');
  await answerAll(page, { urgent: 'no', who: 'parent', recognised: 'yes' });
  await page.goBack();
  await expect(at(page)).toHaveValue('recognised');
  await expect(radio(page, 'recognised', 'yes')).toBeChecked();
  await page.goBack();
  await expect(at(page)).toHaveValue('who');
  await expect(radio(page, 'who', 'parent')).toBeChecked();
  await page.goForward();
  await expect(at(page)).toHaveValue('recognised');
  await page.goBack();
  await page.goBack();
  await expect(at(page)).toHaveValue('urgent');
  await page.goBack();
  await expect(page).toHaveURL(/\/$/);
});

test('an earlier answer can be changed; only what hangs on it is asked again', async ({ page, open }) => {
  await open('/keuzehulp');
  await answerAll(page, { urgent: 'no', who: 'parent', recognised: 'yes', received: 'nothing' });
  await expect(at(page)).toHaveValue('assessment');
  await page.locator('.chooser details:has(.answers) > summary').click();
  await page.locator('.chooser .answers button[value=recognised]').click();
  await expect(at(page)).toHaveValue('recognised');
  await expect(radio(page, 'recognised', 'yes')).toBeChecked();
  await answer(page, 'recognised', 'no');
  await expect(at(page)).toHaveValue('first_test');
  await answer(page, 'first_test', 'granted');
  await expect(at(page)).toHaveValue('received');
  await expect(radio(page, 'received', 'nothing')).toBeChecked();
});

test('going on without an answer is told, and says what to do', async ({ page, scripts, open }) => {
  await open('/keuzehulp');
  await answer(page, 'urgent', 'no');
  await expect(at(page)).toHaveValue('who');
  await next(page);
  const summary = page.locator('.error-summary');
  await expect(summary).toBeVisible();
  if (scripts) await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^Fout: /);
  await expect(page.locator('.field-error')).toContainText((await summary.locator('a').innerText()).trim());
  await summary.locator('a').click();
  await expect(radio(page, 'who', 'parent')).toBeFocused();
  await answer(page, 'who', 'parent');
  await expect(at(page)).toHaveValue('recognised');
  await expect(page).not.toHaveTitle(/^Fout: /);
  await expect(summary).toHaveCount(0);
});

test('without scripts, a missing answer is refused as a form', { tag: '@no-scripts' }, async ({ page, open }) => {
  await open('/keuzehulp');
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await next(page);
  expect((await answered).status()).toBe(422);
});

test('a link within the page leaves her where she is', { tag: '@scripts' }, async ({ page, open }) => {
  await open('/keuzehulp');
  await answerAll(page, { urgent: 'no', who: 'parent' });
  await choose(page, 'recognised', 'yes');
  await page.locator('header a[href="#mens"]').click();
  await expect(page.locator('#mens')).toBeInViewport();
  await expect(at(page)).toHaveValue('recognised');
  await expect(radio(page, 'recognised', 'yes')).toBeChecked();
});

test('reading the page anew keeps the question and the answers', { tag: '@scripts' }, async ({ page, ready, open }) => {
  await open('/keuzehulp');
  await answerAll(page, { urgent: 'no', who: 'parent', recognised: 'yes' });
  await expect(at(page)).toHaveValue('received');
  await page.reload();
  await ready();
  await expect(at(page)).toHaveValue('received');
  await open('/');
  await open('/keuzehulp');
  for (const [question, given] of [['urgent', 'no'], ['who', 'parent'], ['recognised', 'yes']] as const) {
    if ((await at(page).inputValue()) !== question) continue;
    await expect(radio(page, question, given)).toBeChecked();
    await next(page);
  }
  await expect(at(page)).toHaveValue('received');
});

test('each new question has the focus, and the title of the tab says it', { tag: '@scripts' }, async ({ page, open }) => {
  await open('/keuzehulp');
  const first = await page.title();
  await answer(page, 'urgent', 'no');
  await expect(at(page)).toHaveValue('who');
  await expect(page.locator('.chooser h1')).toBeFocused();
  await expect(page).not.toHaveTitle(first);
  await expect(page).toHaveTitle(new RegExp(`^${(await page.locator('.chooser h1').innerText()).trim().replace(/[.?]/g, '\\$&')}`));
});

test('all questions can be answered with the keyboard alone', async ({ page, scripts, open }) => {
  await open('/keuzehulp');
  for (const [question, given] of Object.entries(ANSWERS)) {
    await expect(at(page)).toHaveValue(question);
    await tabTo(page, `.chooser input[type=radio][name="answer.${question}"]`);
    await page.keyboard.press('Space');
    const ids = GRAPH.questions.get(question)!.map((answer) => answer.id);
    for (let step = 0; step < ids.indexOf(given); step += 1) await page.keyboard.press('ArrowDown');
    await expect(radio(page, question, given)).toBeChecked();
    if (scripts) await tabTo(page, '.chooser button[value=next]');
    await page.keyboard.press('Enter');
  }
  await expect(at(page)).toHaveValue('comparison');
});

test('the tree of all questions is drawn, and told in words', async ({ page, open }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open('/keuzehulp');
  await page.locator('figure.tree').evaluate((tree) => tree.scrollIntoView({ block: 'start' }));
  await expect(page.locator('figure.tree .tree-node').first()).toBeInViewport({ ratio: 1 });
  await page.locator('figure.tree details summary').click();
  const words = page.locator('figure.tree details');
  await expect(words).toBeVisible();
  expect((await words.innerText()).split('\n').length).toBeGreaterThan(GRAPH.questions.size * 3);
});

async function tabTo(page: Page, selector: string) {
  for (let step = 0; step < 60; step += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not reach ${selector}`);
}

/** The shortest way to an outcome. */
function wayTo(outcome: string): { at: string; answer?: string }[] | undefined {
  const ways = [{ at: GRAPH.start, steps: [] as { at: string; answer?: string }[] }];
  const seen = new Set([GRAPH.start]);
  for (const way of ways) {
    if (way.at === outcome) return way.steps;
    const continues = GRAPH.outcomes.get(way.at);
    const onward = GRAPH.questions.get(way.at)?.map(({ id, next }) => ({ answer: id as string | undefined, next })) ?? (continues ? [{ answer: undefined, next: continues }] : []);
    for (const { answer, next } of onward) {
      if (!seen.has(next)) {
        seen.add(next);
        ways.push({ at: next, steps: [...way.steps, { at: way.at, answer }] });
      }
    }
  }
  return undefined;
}

/** Reads the few forms that graph.toml has. */
function read(toml: string): Graph {
  const graph: Graph = { start: toml.match(/^start = "(\w+)"/m)![1], questions: new Map(), outcomes: new Map() };
  for (const part of toml.split(/^\[\[/m).slice(1)) {
    const id = part.match(/^id = "(\w+)"/m)![1];
    if (part.startsWith('question')) {
      graph.questions.set(id, [...part.matchAll(/id = "(\w+)", next = "(\w+)"/g)].map(([, id, next]) => ({ id, next })));
    } else {
      graph.outcomes.set(id, part.match(/^continues = "(\w+)"/m)?.[1]);
    }
  }
  return graph;
}
