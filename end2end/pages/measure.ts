// What is measured in the page itself. Each function runs there, so it holds all that it needs; each gives what is wrong.

/** What holds in every width and colour. */
export function structure(): string[] {
  const wrong: string[] = [];
  const say = (is: boolean, words: string) => is || wrong.push(words);
  const all = <E extends Element>(selector: string) => [...document.querySelectorAll<E>(selector)];

  say(document.documentElement.lang === 'nl', 'its language isn’t told');
  const hasErrors = all('.error-summary').length > 0;
  say(/^.+ – .+$/.test(document.title) && (document.title.startsWith('Fout: ') || !hasErrors), `its title is “${document.title}”`);

  const headings = all('h1, h2, h3, h4, h5, h6').filter((it) => it.checkVisibility() || it.closest('details'));
  say(headings.filter((it) => it.tagName === 'H1').length === 1, `${all('h1').length} main headings`);
  // What went wrong is said above the heading of the page.
  const levels = headings.filter((it) => !it.closest('.error-summary')).map((it) => Number(it.tagName[1]));
  levels.forEach((level, at) => say(level - (levels[at - 1] ?? 0) <= 1, `a gap between headings: ${levels.slice(0, at + 1).join(' ')}`));

  const ids = all('[id]').map((it) => it.id);
  for (const id of new Set(ids.filter((it, at) => ids.indexOf(it) !== at))) say(false, `the id ${id} twice`);
  for (const it of all('[popovertarget]')) say(ids.includes(it.getAttribute('popovertarget')!), `no note: ${it.outerHTML}`);
  for (const it of all('a[href^="#"]')) say(ids.includes(decodeURIComponent(it.getAttribute('href')!.slice(1))), `leads nowhere: ${it.outerHTML}`);

  say(document.querySelector('main > :last-child')?.id === 'mens', 'the way to a person isn’t last');
  say(Boolean(document.querySelector('header a[href="#mens"]')?.checkVisibility()), 'no link to the way to a person');
  return wrong;
}

/** Nothing sticks out of the window, is cut off, or lies over something else. */
export function room(): string[] {
  const wrong: string[] = [];
  const name = (it: Element) => `${it.tagName.toLowerCase()}${it.id ? `#${it.id}` : ''}${[...it.classList].map((it) => `.${it}`).join('')} “${(it.textContent ?? '').trim().slice(0, 40)}”`;
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) wrong.push(`${document.documentElement.scrollWidth} px are needed`);

  for (const it of document.querySelectorAll<HTMLElement>('body *')) {
    const style = getComputedStyle(it);
    const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
    if (it.closest('.visually-hidden, svg') || !it.checkVisibility()) continue;
    if (hides(style.overflowX) && it.scrollWidth > it.clientWidth + 1) wrong.push(`cut off: ${name(it)}`);
    if (hides(style.overflowY) && it.scrollHeight > it.clientHeight + 1) wrong.push(`cut off below: ${name(it)}`);
  }

  type Line = { of: Element; left: number; right: number; top: number; bottom: number };
  const lines: Line[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const of = texts.currentNode.parentElement!;
    if (!texts.currentNode.textContent!.trim() || of.closest('.visually-hidden, svg, noscript, option, .leave, .together-banner, .nl-skip-link, [popover]')) continue;
    if (!of.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    for (const { left, right, top, bottom } of range.getClientRects()) if (right > left && bottom > top) lines.push({ of, left, right, top, bottom });
  }
  for (const line of lines) if (line.right > width + 1 || line.left < -1) wrong.push(`beside the window: ${name(line.of)}`);
  lines.sort((a, b) => a.top - b.top);
  lines.forEach((line, at) => {
    for (const other of lines.slice(at + 1)) {
      if (other.top >= line.bottom) break;
      // The boxes of letters are higher than the letters: lines that follow each other touch.
      const high = Math.min(line.bottom, other.bottom) - other.top;
      const wide = Math.min(line.right, other.right) - Math.max(line.left, other.left);
      if (line.of !== other.of && wide > 2 && high > 0.4 * Math.min(line.bottom - line.top, other.bottom - other.top)) {
        wrong.push(`over each other: ${name(line.of)} and ${name(other.of)}`);
      }
    }
  });
  return [...new Set(wrong)];
}

/** Every target is large enough for a thumb, but for words in a sentence: those are as high as the sentence. */
export function targets(): string[] {
  const small = [...document.querySelectorAll<HTMLElement>('button, summary, select, textarea, input:not([type=hidden]), header a, a.nl-button, a.leave, .chips a, .person a, label.choice, .site-footer a')].flatMap((it) => {
    // A radio or a tick is as large as its row.
    if (!it.checkVisibility({ visibilityProperty: true }) || it.matches('.choice input, .visually-hidden, .nl-skip-link')) return [];
    const { width, height } = it.getBoundingClientRect();
    const least = it.matches('.term') ? 24 : 43.5;
    return height < least || width < least ? [`${it.tagName} “${(it.innerText || it.id).slice(0, 40)}” is ${Math.round(width)} × ${Math.round(height)}`] : [];
  });
  return [...new Set(small)];
}

/** At the end of the page nothing lies under the way out. */
export function end(): string[] {
  const [before, leave] = [scrollY, document.querySelector('.leave')];
  scrollTo(0, document.documentElement.scrollHeight);
  const last = [...document.querySelectorAll('.site-footer > p')].at(-1);
  const under = leave && last && last.getBoundingClientRect().bottom > leave.getBoundingClientRect().top + 0.5;
  scrollTo(0, before);
  return under ? ['the way out lies over the end of the page'] : [];
}

/** As much room between letters, words, lines and paragraphs as some people need (WCAG 1.4.12); or no longer. */
export function space(isMore: boolean) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');
  // A drawing is no text.
  sheet.insertRule('svg * { letter-spacing: normal !important; word-spacing: normal !important }', 1);
  document.adoptedStyleSheets = isMore ? [sheet] : [];
}

/** Where the focus is: whether it shows, and whether something lies over it. `seen`: it was there before. */
export function stop(): { name: string; seen: boolean; wrong: string[] } | undefined {
  const it = document.activeElement;
  if (!it || it === document.body || it === document.documentElement) return undefined;
  const name = `${it.tagName} ${it.id || it.getAttribute('name') || (it as HTMLElement).innerText?.slice(0, 30)}`;
  const been: WeakSet<Element> = ((globalThis as { been?: WeakSet<Element> }).been ??= new WeakSet());
  // Under a note that is open lies much; it shuts with Escape.
  if (document.querySelector(':popover-open')) return { name, seen: true, wrong: [] };
  if (been.has(it)) return { name, seen: true, wrong: [] };
  been.add(it);
  const wrong: string[] = [];
  const shown = [it, ...(it.closest('label') ? [it.closest('label')!] : [])];
  const isOutlined = shown.some((it) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(it);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  });
  if (!isOutlined) wrong.push(`no outline: ${name}`);
  const { left, top, right, bottom, width } = it.getBoundingClientRect();
  const x = left + Math.min(width / 2, 20);
  const isFree = (y: number) => {
    const over = document.elementFromPoint(x, y);
    return over !== null && (it.contains(over) || over.contains(it) || Boolean(it.closest('label')?.contains(over)));
  };
  if (right <= 0 || left >= innerWidth || bottom <= 0 || top >= innerHeight) wrong.push(`out of the window: ${name}`);
  else {
    // Of what is larger than half a window, the middle of what shows.
    const middle = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
    const within = bottom - top > innerHeight / 2 ? [middle] : [top + 3, middle, bottom - 3];
    if (!within.filter((y) => y > 0 && y < innerHeight).every(isFree)) wrong.push(`covered: ${name}`);
  }
  return { name, seen: false, wrong };
}

/** The next time it is asked, no stop was seen yet. */
export function forgetStops() {
  delete (globalThis as { been?: unknown }).been;
  (document.activeElement as HTMLElement | null)?.blur();
  scrollTo(0, 0);
}
