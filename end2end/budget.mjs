// The loading times of experience.md §4, in real Chromium on a slow line and an old phone; the median of five.
// What is over its budget ends it with an error; the times hang on the machine too.
import { appendFileSync } from 'node:fs';

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
/** From when a finger comes down until it goes. */
const FINGER_MS = 80;

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
  const judge = (shown, names) => names.map((name) => judged(median(name), budget[name], shown));
  const [html, css, scripts] = judge(inKb, ['html', 'css', 'scripts']);
  const [lcp, tbt] = judge(Math.round, ['lcp', 'tbt']);
  const [cls] = judge((shift) => shift.toFixed(3), ['cls']);
  console.log(row(path, html, css, scripts, inKb(median('other')), lcp, tbt, cls));
  const inOne = (of) => `${[html, css, scripts].map(of).join(' · ')} kB; ${of(lcp)} · ${of(tbt)} ms; ${of(cls)}`.replaceAll('.', ',');
  figure(`\`${path}\`: HTML · CSS · JS+WASM; LCP · TBT; CLS`, inOne((it) => it.shown), inOne((it) => it.wanted));
}

console.log(`\nFrom a touch or a key to the next picture, the slowest of each run; CPU ${SLOWER_CPU}×; median of ${RUNS}`);
console.log(row('what', 'ms'));
for (const interaction of interactions()) {
  const { what } = interaction;
  const slowest = [];
  for (let run = 0; run < RUNS; run += 1) slowest.push(await interact(interaction));
  const it = judged(middle(slowest), BUDGETS.calculator.inp, Math.round);
  console.log(row(what, it));
  figure(`from a touch or a key to the next picture, CPU ${SLOWER_CPU}×: ${what}`, `${it.shown} ms`, `${it.wanted} ms`);
}

await browser.close();
console.log(misses === 0 ? '\nAll within budget.' : `\n${misses} over budget (✗).`);
if (misses > 0) process.exitCode = 1;

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
async function interact({ path, prepare, begin, act }) {
  const context = await browser.newContext({ ...contextOptions, ...phone });
  const page = await context.newPage();
  await page.addInitScript(watchEvents);
  await page.goto(path);
  await alive(page);
  await prepare(page);
  // She comes back to what she filled in; what Playwright left listening in the page is gone.
  await page.reload();
  await alive(page);
  if (begin) await page.evaluate(begin);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER_CPU });
  await page.waitForTimeout(300);
  await page.evaluate(() => (globalThis.slowest = 0));
  await act(page, session);
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
  // A finger on the glass, as long as fingers stay there: what listens to it in the page is ours alone.
  const tap = (selector) => async (page, session) => {
    const point = await page.evaluate(inTheMiddle, selector);
    await page.waitForTimeout(300);
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] });
    await page.waitForTimeout(FINGER_MS);
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await page.waitForTimeout(500);
  };
  return [
    { what: 'typing an amount', path: '/bedragen', prepare: fillIn, act: type('years[0].reclaimed', '13.579') },
    {
      what: 'typing, with every line opened',
      path: '/bedragen',
      prepare: fillIn,
      begin: () => document.querySelectorAll('.figure-how').forEach((details) => (details.open = true)),
      act: type('years[0].reclaimed', '13.579'),
    },
    { what: 'adding a benefit year', path: '/bedragen', prepare: fillIn, act: tap('button[value="add.years"]') },
    { what: 'pressing "bereken"', path: '/bedragen', prepare: fillIn, act: tap('.amounts .button-row button.nl-button--primary') },
    {
      what: 'the next question',
      path: '/keuzehulp',
      prepare: (page) => answerAll(page, { urgent: 'no', who: 'parent', recognised: 'yes' }),
      begin: () => document.querySelector('.chooser input[name="answer.received"][type=radio]').click(),
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

/** Scrolls to it until nothing above it moves any more, and tells where to touch it. */
async function inTheMiddle(selector) {
  const target = document.querySelector(selector);
  for (let before = NaN, top; before !== top; ) {
    before = top;
    target.scrollIntoView({ block: 'center', behavior: 'instant' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    top = target.getBoundingClientRect().top;
  }
  const { left, top, width, height } = target.getBoundingClientRect();
  const point = { x: left + width / 2, y: top + height / 2 };
  if (!target.contains(document.elementFromPoint(point.x, point.y))) throw new Error(`something lies over ${selector}`);
  return point;
}

function middle(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function inKb(bytes) {
  return (bytes / KB).toFixed(1);
}

/** A figure, its budget and whether it fits. */
function judged(value, budget, inWords) {
  const fits = value <= budget;
  if (!fits) misses += 1;
  const [shown, wanted] = [inWords(value), inWords(budget)].map(String);
  return { shown, wanted, toString: () => `${shown}/${wanted} ${fits ? '✓' : '✗'}` };
}

/** Keeps a figure for the README, where a command asks for it. */
function figure(promise, measured, wanted) {
  if (process.env.FIGURES) appendFileSync(process.env.FIGURES, `${promise}\t${measured}\t${wanted}\n`);
}

function row(first, ...rest) {
  return [first.padEnd(32), ...rest.map((cell) => String(cell).padStart(15))].join('');
}
