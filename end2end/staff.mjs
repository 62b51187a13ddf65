// Signs in the invented helpers of the demo, once for all journeys: each of their links works once.
import { readFileSync } from 'node:fs';

import { baseUrl } from './environment.mjs';

/** The session of each helper by name, for the fixture `signIn`. `SERVER_LOG` holds what the server printed. */
export default async function signInStaff() {
  const printed = process.env.SERVER_LOG ? readFileSync(process.env.SERVER_LOG, 'utf8') : '';
  const links = [...printed.matchAll(/^Sign in once as (.+) \(([a-z-]+)\): (\S+)$/gm)];
  const sessions = {};
  for (const [, name, role, link] of links) {
    const answer = await fetch(link, { method: 'POST', redirect: 'manual', headers: { origin: baseUrl } });
    const [, value] = /__Host-balie=([0-9a-f]+)/.exec(answer.headers.get('set-cookie') ?? '') ?? [];
    if (!value) throw new Error(`the link of ${name} let nobody in (${answer.status}): was it used before?`);
    sessions[name] = { role, value };
  }
  process.env.STAFF_SESSIONS = JSON.stringify(sessions);
}
