// When the database can't be read any more: a server of its own, whose file is overwritten.
import { writeFileSync } from 'node:fs';

import { fillHelp, openDossier, openHelp } from '../journey.mjs';
import { test } from './look';

const { TROUBLE_URL, TROUBLE_DATABASE } = process.env;

test.skip(!TROUBLE_URL || !TROUBLE_DATABASE, 'TROUBLE_URL and TROUBLE_DATABASE name no server that may be broken: `cargo xtask pages` starts one.');
test.use({ baseURL: TROUBLE_URL, expectedTrouble: /^response: 503 / });

test('without a database', async ({ page, context, open, look }) => {
  await fillHelp(page, open);
  writeFileSync(TROUBLE_DATABASE!, 'This is no database. '.repeat(1_000));
  writeFileSync(`${TROUBLE_DATABASE}-wal`, '');
  await page.locator('button[value=send]').click();
  await page.locator('button[value=send], main form button').first().waitFor();
  await look('help that can’t be kept now');
  await openHelp(page, open, { reference: 'HV-00000-00000', code: '0000-0000-0000-0000-0000' });
  await look('a request that can’t be opened now');
  await openDossier(page, open, '0000-0000-0000-0000-0000');
  await look('a dossier that can’t be opened now');
  await context.addCookies([{ name: '__Host-balie', value: '0'.repeat(32), url: TROUBLE_URL!.replace(/^http:/, 'https:'), httpOnly: true, secure: true, sameSite: 'Lax' }]);
  await open('/balie');
  await look('the desk');
});
