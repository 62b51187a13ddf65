// The loading times of experience.md §4, in real Chromium on a slow line and an old phone; the median of five.
// Times are reported, never enforced: they hang on the machine. The sizes are enforced by `cargo xtask test`.
import { chromium } from '@playwright/test';

import { contextOptions, launchOptions, pages, phone, throttle, throttling } from './environment.mjs';
import { answerAll, byId, fillIn } from './journey.mjs';

const RUNS = 5;
const KB = 1024;
/** A task is long from here on: what lies beyond counts as blocking. */
const LONG_TASK_MS = 50;
/** How long the page is watched after it has loaded. */
const SETTLED_MS = 1_000;
const SLOWER_CPU = 6;

const BUDGETS = {
  content: { html: 10 * KB, css: 12 * KB, scripts: 0, lcp: 1_200, tbt: 0, cls: 0.01 },
  calculator: { html: 12 * KB, css: 12 * KB, scripts: 100 * KB, lcp: 1_500, tbt: 100, cls: 0.01, inp: 100 },
  personal: { html: 12 * KB, css: 12 * KB, scripts: 100 * KB, lcp: 1_500, tbt: 100, cls: 0.01, inp: 150 },
  work: { html: 12 * KB, css: 12 * KB, scripts: 0, lcp: 1_200, tbt: 0, cls: 0.01 },
};

const KINDS = { 'text/html': 'html', 'text/css': 'css', 'text/javascript': 'scripts', 'application/wasm': 'scripts' };

const browser = await chromium.launch(launchOptions);
let misses = 0;

console.log(`${throttling.latency} ms, ${throttling.bitsPerSecond / 1e6} Mbit/s, CPU ${throttling.cpu}×; median of ${RUNS}; kB as sent`);
console.log(row('page', 'HTML kB', 'CSS kB', 'JS+WASM kB', 'other kB', 'LCP ms', 'TBT ms', 'CLS'));
for (const { path, kind } of pages()) {
  const budget = BUDGETS[kind];
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await load(path));
  const median = (name) => middle(runs.map((run) => run[name]));
  console.log(
    row(
      path,
      judged(median('html'), budget.html, inKb),
      judged(median('css'), budget.css, inKb),
      judged(median('scripts'), budget.scripts, inKb),
      inKb(median('other')),
      judged(median('lcp'), budget.lcp, Math.round),
      judged(median('tbt'), budget.tbt, Math.round),
      judged(median('cls'), budget.cls, (shift) => shift.toFixed(3)),
    ),
  );
}

console.log(`\nFrom a touch or a key to the next picture, the slowest of each run; CPU ${SLOWER_CPU}×; median of ${RUNS}`);
console.log(row('what', 'ms'));
for (const { what, path, prepare, act } of interactions()) {
  const slowest = [];
  for (let run = 0; run < RUNS; run += 1) slowest.push(await interact(path, prepare, act));
  console.log(row(what, judged(middle(slowest), BUDGETS.calculator.inp, Math.round)));
}

await browser.close();
console.log(misses === 0 ? '\nAll within budget.' : `\n${misses} over budget (✗).`);

/** Loads a page in an empty browser and measures what came and when. */
async function load(path) {
  const context = await browser.newContext({ ...contextOptions, ...phone });
  const page = await context.newPage();
  const session = await throttle(page);
  const kinds = new Map();
  const bytes = { html: 0, css: 0, scripts: 0, other: 0 };
  // Bodies as sent: what came in all, less what had come with the headers.
  session.on('Network.responseReceived', ({ requestId, response }) => kinds.set(requestId, { kind: KINDS[response.mimeType] ?? 'other', headers: response.encodedDataLength }));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const { kind, headers } = kinds.get(requestId) ?? { kind: 'other', headers: 0 };
    bytes[kind] += encodedDataLength - headers;
  });
  await page.addInitScript(watchLoading);
  await page.goto(path, { waitUntil: 'networkidle' });
  await alive(page);
  await page.waitForTimeout(SETTLED_MS);
  const { lcp, cls, tasks, painted } = await page.evaluate(() => globalThis.measured);
  await context.close();
  const tbt = tasks.filter((task) => task.start >= painted).reduce((sum, task) => sum + Math.max(0, task.duration - LONG_TASK_MS), 0);
  return { ...bytes, lcp, cls, tbt };
}

/** The longest time from an input to the picture that follows. */
async function interact(path, prepare, act) {
  const context = await browser.newContext({ ...contextOptions, ...phone });
  const page = await context.newPage();
  await page.addInitScript(watchEvents);
  await page.goto(path);
  await alive(page);
  await prepare(page);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER_CPU });
  await page.waitForTimeout(300);
  await page.evaluate(() => (globalThis.slowest = 0));
  await act(page);
  await page.waitForTimeout(500);
  const slowest = await page.evaluate(() => globalThis.slowest);
  await context.close();
  return slowest;
}

function interactions() {
  const type = (field, text) => async (page) => {
    await byId(page, field).fill('');
    await byId(page, field).focus();
    for (const key of text) {
      await page.keyboard.press(key);
      await page.waitForTimeout(150);
    }
  };
  const tap = (selector) => async (page) => {
    await page.locator(selector).first().tap();
    await page.waitForTimeout(150);
  };
  return [
    { what: 'typing an amount', path: '/bedragen', prepare: fillIn, act: type('years[0].reclaimed', '13.579') },
    {
      what: 'typing, with every line opened',
      path: '/bedragen',
      prepare: async (page) => {
        await fillIn(page);
        for (const summary of await page.locator('.figure-how > summary').all()) await summary.click();
      },
      act: type('years[0].reclaimed', '13.579'),
    },
    { what: 'adding a benefit year', path: '/bedragen', prepare: fillIn, act: tap('button[value="add.years"]') },
    { what: 'pressing "bereken"', path: '/bedragen', prepare: fillIn, act: tap('.amounts .button-row button.nl-button--primary') },
    {
      what: 'the next question',
      path: '/keuzehulp',
      prepare: async (page) => {
        await answerAll(page, { urgent: 'no', who: 'parent', recognised: 'yes' });
        await page.locator('.chooser input[name="answer.received"][type=radio]').first().check();
      },
      act: tap('.chooser button[value=next]'),
    },
    { what: 'opening "zo is dit gerekend"', path: '/bedragen', prepare: fillIn, act: tap('.figure[data-route=settlement] summary') },
  ];
}

/** Waits until the islands are alive, where a page has any. */
function alive(page) {
  return page.waitForFunction(() => !document.querySelector('script[type=module]') || 'ready' in document.documentElement.dataset);
}

function watchLoading() {
  const measured = { lcp: 0, cls: 0, painted: 0, tasks: [] };
  globalThis.measured = measured;
  const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch('largest-contentful-paint', (entry) => (measured.lcp = entry.startTime));
  watch('layout-shift', (entry) => (measured.cls += entry.hadRecentInput ? 0 : entry.value));
  watch('paint', (entry) => (measured.painted ||= entry.startTime));
  watch('longtask', (entry) => measured.tasks.push({ start: entry.startTime, duration: entry.duration }));
}

function watchEvents() {
  globalThis.slowest = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.interactionId > 0) globalThis.slowest = Math.max(globalThis.slowest, entry.duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
}

function middle(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function inKb(bytes) {
  return (bytes / KB).toFixed(1);
}

/** A figure, its budget and whether it fits. */
function judged(value, budget, shown) {
  const fits = value <= budget;
  if (!fits) misses += 1;
  return `${shown(value)}/${shown(budget)} ${fits ? '✓' : '✗'}`;
}

function row(first, ...rest) {
  return [first.padEnd(32), ...rest.map((cell) => String(cell).padStart(15))].join('');
}
