/**
 * A real OpenID Connect provider for tests, on a free port of this machine: `node login-provider.mjs SETTINGS`.
 *
 * SETTINGS is JSON: the client's `jwks` and `redirect_uri`, and `people` by name, each with what is told of them (`acr`,
 * `represents`). It prints its issuer, and ends when its input does: with whoever started it.
 */
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';

import Provider from 'oidc-provider';

const { jwks, redirect_uri, people } = JSON.parse(process.argv[2]);
const LEVELS = ['low', 'substantial', 'high'].map((level) => `http://eidas.europa.eu/LoA/${level}`);

const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'herstelroute',
      redirect_uris: [redirect_uri],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      jwks,
    },
  ],
  jwks: { keys: [ownKey('rsa', { modulusLength: 2048 }, 'RS256')] },
  cookies: { keys: ['only for tests'] },
  pkce: { required: () => true },
  acrValues: LEVELS,
  claims: { openid: ['sub'], represents: null, acr: null },
  features: { devInteractions: { enabled: false }, claimsParameter: { enabled: true } },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  findAccount: (_, name) => people[name] && { accountId: name, claims: () => ({ sub: name, represents: people[name].represents }) },
  // Whoever signs in agrees.
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope('openid');
    grant.addOIDCClaims(['represents']);
    await grant.save();
    return grant;
  },
});

function ownKey(kind, options, alg) {
  return { ...generateKeyPairSync(kind, options).privateKey.export({ format: 'jwk' }), kid: 'own', use: 'sig', alg };
}

/** Who are you? One button for each; /interaction/UID/NAME is who pressed it. */
async function interaction(request, response, name) {
  const person = people[decodeURIComponent(name ?? '')];
  if (request.method === 'POST' && person) {
    const result = { login: { accountId: decodeURIComponent(name), acr: person.acr } };
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
  const path = request.url;
  const buttons = Object.keys(people).map((it) => `<form method="post" action="${path}/${encodeURIComponent(it)}"><button>${it}</button></form>`);
  response.setHeader('content-type', 'text/html; charset=utf-8');
  return response.end(`<!doctype html><html lang="nl"><title>Wie bent u?</title>${buttons.join('')}`);
}

const others = provider.callback();
server.on('request', (request, response) => {
  const [, uid, name] = /^\/interaction\/([^/]+)(?:\/([^/]+))?$/.exec(request.url) ?? [];
  if (!uid) return others(request, response);
  return interaction(request, response, name).catch((error) => {
    console.error(error);
    response.statusCode = 500;
    response.end();
  });
});

console.log(issuer);
process.stdin.resume().on('end', () => process.exit());
