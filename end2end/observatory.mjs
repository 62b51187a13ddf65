/**
 * What the header observatory of MDN says of every page, as a browser gets it: over TLS.
 *
 * `TLS_CERTIFICATE` and `TLS_KEY` are files with a certificate for localhost, which `NODE_EXTRA_CA_CERTS` trusts too; `SESSION` is
 * the cookie of someone who signed in, as the server set it. Prints a line for each page, and the figure last.
 */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createPlain, request } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

import { baseUrl, pages } from './environment.mjs';

/** The first byte of TLS; no request in the open begins with it. */
const TLS = 0x16;
const DESK = ['/balie', '/balie/overzicht'];
const session = process.env.SESSION ?? '';

keepNoList();
const { scan } = await import('@mdn/mdn-http-observatory');

const proxy = door();
await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
const host = `localhost:${proxy.address().port}`;

const scores = [];
let misses = 0;
for (const path of [...pages().map((page) => page.path), ...DESK]) {
  const { scan: told, tests } = await scan(`${host}${path}`);
  const failed = Object.values(tests).filter((test) => !test.pass);
  const cookies = Object.entries(tests.cookies.data ?? {});
  const loose = cookies.filter(([name, it]) => !(name.startsWith('__Host-') && it.secure && it.httponly && it.samesite && it.path === '/'));
  if (DESK.includes(path) && cookies.length === 0) throw new Error(`${path} showed no cookie`);
  if (told.statusCode !== 200) throw new Error(`${path} gave ${told.statusCode}`);
  const isRight = told.grade === 'A+' && failed.length === 0 && loose.length === 0;
  if (!isRight) misses += 1;
  const wrong = [...failed.map((test) => test.result), ...loose.map(([name]) => `loose cookie ${name}`)];
  console.log([path, told.grade, told.score, `${told.testsPassed}/${told.testsQuantity}`, ...wrong].join(' '));
  scores.push({ grade: told.grade, score: told.score });
}
const worst = scores.reduce((low, it) => (it.score < low.score ? it : low));
const figure = [`MDN's header observatory behind TLS, ${scores.length} pages: worst grade (score)`, `${worst.grade} (${worst.score})`, 'A+'].join('\t');
console.log(figure);
if (process.env.FIGURES) appendFileSync(process.env.FIGURES, `${figure}\n`);
proxy.close();
process.exit(misses === 0 ? 0 : 1);

/** The observatory asks for the same port in the open and over TLS: the first byte tells which it is. */
function door() {
  const plain = createPlain((asked, answer) => answer.writeHead(301, { location: `https://${asked.headers.host}${asked.url}` }).end());
  const secure = createSecure({ cert: readFileSync(process.env.TLS_CERTIFICATE), key: readFileSync(process.env.TLS_KEY) }, passOn);
  return createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('readable', () => {
      const first = socket.read();
      if (!first) return;
      socket.unshift(first);
      (first[0] === TLS ? secure : plain).emit('connection', socket);
    });
  });
}

/** As a proxy in front of the portal does. Nobody can sign in with a question only, so the desk shows what was set before. */
function passOn(asked, answer) {
  const isDesk = DESK.includes(asked.url);
  const headers = { ...asked.headers, ...(isDesk && { cookie: session.split(';')[0] }) };
  const { hostname, port } = new URL(baseUrl);
  const passed = request({ hostname, port, path: asked.url, method: asked.method, headers }, (came) => {
    answer.writeHead(came.statusCode, { ...came.headers, ...(isDesk && { 'set-cookie': session }) });
    came.pipe(answer);
  });
  passed.on('error', () => answer.destroy());
  asked.pipe(passed);
}

/** The list of sites that browsers know to have TLS is downloaded by a script of the package; this machine isn't in it. */
function keepNoList() {
  const list = new URL('../conf/hsts-preload.json', import.meta.resolve('@mdn/mdn-http-observatory'));
  try {
    writeFileSync(fileURLToPath(list), '{}', { flag: 'wx' });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}
