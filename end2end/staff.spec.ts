import { expect, test } from './fixtures';

test('who works here is greeted, and stays signed in without losing what she typed', async ({ page, open, signIn, context }) => {
  await signIn('Samira');
  await open('/balie');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welkom, Samira');
  const [tab] = await Promise.all([context.waitForEvent('page'), page.getByRole('button', { name: 'Blijf ingelogd' }).click()]);
  await expect(tab.getByRole('heading', { level: 1 })).toHaveText('U blijft ingelogd');
  await expect(page).toHaveURL('/balie');
});

test('who is not signed in comes to the page that says for whom it is', async ({ page, open }) => {
  await open('/balie');
  await expect(page).toHaveURL('/inloggen');
  await expect(page.getByRole('link', { name: 'Naar de eerste pagina' })).toBeVisible();
});
