import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * A provider of OpenID Connect that takes nothing but what the standards ask for: PKCE with S256, state, nonce, the registered address to
 * come back to, the client's secret by Basic, and each code once.
 */

type Claims = Readonly<Record<string, unknown>>;

export interface OidcServer extends AsyncDisposable {
  readonly issuer: string;
  /** What it refused, in words. */
  readonly refused: readonly string[];
  /** Whose browser it is: claims of the ID token beside those of the protocol. */
  person: Claims;
  /** What the token endpoint answers instead of the claims as they should be. */
  forge: (claims: Claims) => Claims;
  /** Signs with a key that is not published. */
  wrongKey: boolean;
  /** Sends no ID token. */
  noIdToken: boolean;
  /** Whatever its description says otherwise. */
  description: Claims;
  /** What the endpoint for user information says; null for nothing. */
  userInfo: Claims | null;
  /** Does not answer at all. */
  isDown: boolean;
  /** Goes to the page of the provider as a browser does, agrees, and gives the address that it is sent back to. */
  agree(url: string): Promise<string>;
}

export const CLIENT = { id: 'aquarius', secret: 'a secret/of the client+' } as const;

interface Grant {
  readonly challenge: string;
  readonly redirect: string;
  readonly nonce: string;
}

export async function oidcServer(callback: string): Promise<OidcServer> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const others = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const refused: string[] = [];
  const codes = new Map<string, Grant>();
  const state: {
    -readonly [Key in 'person' | 'forge' | 'wrongKey' | 'noIdToken' | 'description' | 'userInfo' | 'isDown']: OidcServer[Key];
  } = {
    person: {},
    forge: (claims) => claims,
    wrongKey: false,
    noIdToken: false,
    description: {},
    userInfo: null,
    isDown: false,
  };
  const refuse = (why: string): { readonly status: number; readonly body: unknown } => {
    refused.push(why);
    return { status: 400, body: { error: 'invalid_request', error_description: why } };
  };

  const authorize = (query: URLSearchParams) => {
    const wanted: readonly (readonly [string, (value: string) => boolean])[] = [
      ['client_id', (value) => value === CLIENT.id],
      ['redirect_uri', (value) => value === callback],
      ['response_type', (value) => value === 'code'],
      ['scope', (value) => ['openid', 'email', 'profile'].every((scope) => value.split(' ').includes(scope))],
      ['code_challenge_method', (value) => value === 'S256'],
      ['code_challenge', (value) => /^[\w-]{43}$/.test(value)],
      ['state', (value) => value.length >= 32],
      ['nonce', (value) => value.length >= 32],
    ];
    for (const [name, isGood] of wanted) if (!isGood(query.get(name) ?? '')) return refuse(`${name} is not as it must be`);
    const code = randomBytes(16).toString('base64url');
    codes.set(code, {
      challenge: query.get('code_challenge') ?? '',
      redirect: query.get('redirect_uri') ?? '',
      nonce: query.get('nonce') ?? '',
    });
    const back = new URL(callback);
    back.search = new URLSearchParams({ code, state: query.get('state') ?? '', iss: issuer() }).toString();
    return { status: 302, location: back.href };
  };

  const token = (authorization: string | undefined, body: URLSearchParams) => {
    const basic = Buffer.from(`${encode(CLIENT.id)}:${encode(CLIENT.secret)}`).toString('base64');
    if (authorization !== `Basic ${basic}`) return refuse('the client is not authenticated by Basic');
    if (body.has('client_secret')) return refuse('the secret is in the body, too');
    const grant = codes.get(body.get('code') ?? '');
    codes.delete(body.get('code') ?? '');
    if (grant === undefined || body.get('grant_type') !== 'authorization_code')
      return refuse('the code is not one that was given');
    if (body.get('redirect_uri') !== grant.redirect) return refuse('redirect_uri is another');
    const verifier = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    if (verifier !== grant.challenge) return refuse('code_verifier does not fit');
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer(), aud: CLIENT.id, iat: now, exp: now + 300, nonce: grant.nonce, ...state.person };
    const idToken = signed(state.forge(claims), state.wrongKey ? others.privateKey : keys.privateKey);
    const tokens = { access_token: 'an-access-token', token_type: 'Bearer', expires_in: 300, refresh_token: 'a-refresh-token' };
    return { status: 200, body: state.noIdToken ? tokens : { ...tokens, id_token: idToken } };
  };

  const answer = async (incoming: IncomingMessage): Promise<{ status: number; body?: unknown; location?: string }> => {
    const url = new URL(incoming.url ?? '', issuer());
    if (url.pathname === '/.well-known/openid-configuration') {
      const body = {
        issuer: issuer(),
        authorization_endpoint: `${issuer()}/authorize`,
        token_endpoint: `${issuer()}/token`,
        userinfo_endpoint: `${issuer()}/userinfo`,
        jwks_uri: `${issuer()}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
        ...state.description,
      };
      return { status: 200, body };
    }
    if (url.pathname === '/keys')
      return { status: 200, body: { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256' }] } };
    if (url.pathname === '/authorize') return authorize(url.searchParams);
    if (url.pathname === '/token') return token(incoming.headers.authorization, new URLSearchParams(await text(incoming)));
    if (url.pathname === '/userinfo' && incoming.headers.authorization === 'Bearer an-access-token') {
      return state.userInfo === null ? { status: 404 } : { status: 200, body: state.userInfo };
    }
    return refuse(`nothing is at ${url.pathname}`);
  };

  const server = createServer((incoming, outgoing) => {
    if (state.isDown) {
      incoming.socket.destroy();
      return;
    }
    void answer(incoming).then(({ status, body, location }) => {
      outgoing.writeHead(status, { 'content-type': 'application/json', ...(location === undefined ? {} : { location }) });
      outgoing.end(body === undefined ? '' : JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const own = issuer();

  return Object.assign(state, {
    issuer: own,
    refused,
    async agree(url: string) {
      const page = await fetch(url, { redirect: 'manual' });
      const location = page.headers.get('location');
      if (location === null) throw new Error(`The provider refuses: ${await page.text()}`);
      return location;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  });
}

function signed(claims: Claims, key: KeyObject): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part({ alg: 'RS256', kid: 'k1', typ: 'JWT' })}.${part(claims)}`;
  return `${content}.${sign('RSA-SHA256', Buffer.from(content), key).toString('base64url')}`;
}

/** As forms are encoded: RFC 6749 has the parts of Basic so. */
function encode(part: string): string {
  return new URLSearchParams({ part }).toString().slice('part='.length);
}
