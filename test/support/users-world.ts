import { pino } from 'pino';
import type { ApiDeps } from '../../src/api/deps.ts';
import { openUsers } from '../../src/users/open-users.ts';
import type { Role } from '../../src/users/role.ts';
import type { SignInSettings } from '../../src/users/sign-in-settings.ts';
import type { Users } from '../../src/users/users.ts';
import { type Answer, type ApiServer, startApi } from './api-server.ts';

/** An API that people sign in to, and browsers that keep its cookies. */

export const HOUR_MS = 3_600_000;
/** One that the rules take, whoever it is of. */
export const PASSWORD = 'marmalade under the north bridge';

export const ADMIN = { name: 'setup', via: 'cli', reason: null } as const;

export const SETTINGS: SignInSettings = {
  origin: 'http://127.0.0.1:4780',
  secret: '4f7a2c9e1b8d3a6f5e0c7b9d2a4f8e1c6b3d',
  sessionMs: 12 * HOUR_MS,
  idleMs: 2 * HOUR_MS,
  passwords: true,
  trustedProxies: [],
  oidc: null,
};

export interface Person {
  readonly email: string;
  readonly name?: string;
  readonly role?: Role;
  readonly agencies?: 'all' | readonly string[];
}

export interface UsersWorld extends AsyncDisposable {
  readonly server: ApiServer;
  readonly users: Users;
  /** A browser without cookies. */
  browser(options?: BrowserOptions): Browser;
  /** Makes a user with the password of these tests, signed in. */
  person(person: Person): Promise<{ readonly id: string; readonly browser: Browser }>;
}

export interface BrowserOptions {
  /** How it names the server; by its address unless said. */
  readonly headers?: Record<string, string>;
  /** The page from which it calls: of this site unless said; null for what sends no Origin. */
  readonly origin?: string | null;
}

export interface Browser {
  /** By name, as they were set. */
  readonly cookies: ReadonlyMap<string, string>;
  /** Calls as a page does: with its cookies and its origin, and without following redirects. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  signIn(email: string, password?: string): Promise<Answer>;
}

export async function startUsers(
  settings: Partial<SignInSettings> = {},
  start: string = new Date().toISOString(),
  more: () => Partial<ApiDeps> = () => ({}),
): Promise<UsersWorld> {
  let users: Users | undefined;
  const server = await startApi(
    ({ ledger }) => {
      users = openUsers({ store: ledger.store, settings: { ...SETTINGS, ...settings }, log: pino({ enabled: false }) });
      return { users, ...more() };
    },
    { start },
  );
  if (users === undefined) throw new Error('The API was made without users.');
  const own = users;
  const browser = (options?: BrowserOptions) => makeBrowser(server.url, options);
  return {
    server,
    users: own,
    browser,
    async person({ email, name = 'Some One', role = 'viewer', agencies = [] }) {
      const { user, link } = await own.create({ email, name, role, agencies }, ADMIN);
      const opened = browser();
      const { status, body } = await opened.call('POST', '/api/auth/accept-link', { token: link.token, password: PASSWORD });
      if (status !== 200) throw new Error(`The link of ${email} was refused: ${JSON.stringify(body)}`);
      return { id: user.id, browser: opened };
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function makeBrowser(url: string, { headers: own = {}, origin = url }: BrowserOptions = {}): Browser {
  const cookies = new Map<string, string>();
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, url), {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie === '' ? {} : { cookie }),
        ...(method === 'GET' || origin === null ? {} : { origin }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...own,
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const set of response.headers.getSetCookie()) keep(cookies, set);
    const text = await response.text();
    const isJson = /^application\/(?:problem\+)?json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
  };
  return {
    cookies,
    call,
    signIn: (email, password = PASSWORD) => call('POST', '/api/auth/sign-in', { email, password }),
  };
}

function keep(cookies: Map<string, string>, set: string): void {
  const [pair = '', ...attributes] = set.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  const name = pair.slice(0, at);
  if (attributes.some((attribute) => attribute.toLowerCase() === 'max-age=0')) cookies.delete(name);
  else cookies.set(name, pair.slice(at + 1));
}
