import * as common from '@zxcvbn-ts/language-common';
import { describe, expect, test } from 'vitest';
import { clientAddress, proxyTest } from '../src/api/client-address.ts';
import { makeIdentify } from '../src/api/identify.ts';
import { hasAgencies, readAgencies, sharedAgencies } from '../src/users/agencies.ts';
import { attemptOf } from '../src/users/attempts.ts';
import { agenciesOf, roleOf } from '../src/users/oidc-claims.ts';
import { guessesOf } from '../src/users/password-guesses.ts';
import { refuseWeakPassword } from '../src/users/password-rules.ts';
import { lesserRole } from '../src/users/role.ts';
import type { Users } from '../src/users/users.ts';

describe('the address of a client', () => {
  const isProxy = proxyTest(['10.0.0.0/8', '192.0.2.1', '2001:db8::/32']);
  test.each([
    // Without a proxy the header is the client's own invention.
    ['203.0.113.7', '9.9.9.9', '203.0.113.7'],
    ['203.0.113.7', undefined, '203.0.113.7'],
    ['10.1.2.3', '203.0.113.7', '203.0.113.7'],
    ['10.1.2.3', '9.9.9.9, 203.0.113.7', '203.0.113.7'],
    ['10.1.2.3', '9.9.9.9, 203.0.113.7, 192.0.2.1', '203.0.113.7'],
    ['::ffff:10.1.2.3', ' 203.0.113.7 ', '203.0.113.7'],
    ['::ffff:203.0.113.7', undefined, '203.0.113.7'],
    ['2001:db8::1', '2001:470::5', '2001:470::5'],
    ['fe80::1%eth0', undefined, 'fe80::1'],
    // A proxy that says nothing, or nothing that is an address, is all that is known.
    ['10.1.2.3', undefined, '10.1.2.3'],
    ['10.1.2.3', 'unknown', '10.1.2.3'],
    ['10.1.2.3', '203.0.113.7, garbage', '10.1.2.3'],
    ['10.1.2.3', '10.9.9.9', '10.1.2.3'],
    [undefined, '203.0.113.7', null],
  ])('over %s with %s is %s', (remote, forwarded, expected) => {
    expect(clientAddress(remote, forwarded, isProxy)).toBe(expected);
  });
});

test('attempts count for an address of version 4, and for the network of one of version 6', () => {
  const keyOf = (address: string) => attemptOf(null, address).address;
  expect(keyOf('203.0.113.7')).toBe('address:203.0.113.7');
  const network = keyOf('2001:db8:1:2:3:4:5:6');
  expect(network).toBe('address:2001:db8:1:2::/64');
  for (const same of ['2001:0DB8:0001:2::1', '2001:db8:1:2::', '2001:db8:1:2:ffff:ffff:ffff:ffff'])
    expect(keyOf(same)).toBe(network);
  for (const other of ['2001:db8:1:3::1', '2001:db8::2:1', '2001:db8:1::2']) expect(keyOf(other)).not.toBe(network);
  expect(keyOf('::1')).toBe('address:0:0:0:0::/64');
});

test('attempts count for an account in whatever letter case, under no readable name', () => {
  expect(attemptOf(' Ana@Example.com', null)).toEqual(attemptOf('ana@example.com ', null));
  expect(attemptOf('ana@example.com', null).account).toMatch(/^account:[0-9a-f]{64}$/);
});

describe('A2: agencies', () => {
  test('that cannot be read are none', () => {
    for (const text of ['', '[]', '{}', 'null', '"all"', 'ALL', '[1,', '[null, 1]']) expect(readAgencies(text)).toEqual([]);
    expect([readAgencies('all'), readAgencies('["1","2"]')]).toEqual(['all', ['1', '2']]);
  });

  test('that two share are those of both', () => {
    expect([sharedAgencies('all', 'all'), sharedAgencies('all', ['1']), sharedAgencies(['1'], 'all')]).toEqual([
      'all',
      ['1'],
      ['1'],
    ]);
    expect([sharedAgencies(['1', '2'], ['2', '3']), sharedAgencies([], 'all')]).toEqual([['2'], []]);
  });

  test('of a part are all in the whole', () => {
    expect([hasAgencies('all', 'all'), hasAgencies('all', ['1']), hasAgencies(['1', '2'], ['2']), hasAgencies([], [])]).toEqual([
      ...[true, true, true, true],
    ]);
    expect([hasAgencies(['1'], 'all'), hasAgencies(['1'], ['1', '2']), hasAgencies([], ['1'])]).toEqual([false, false, false]);
  });
});

describe('a claim', () => {
  test('names the highest role that is ours, and none is not the lowest', () => {
    expect(roleOf({ role: 'Operator' }, 'role')).toBe('operator');
    expect(roleOf({ groups: ['viewer', 'ADMIN', 'other'] }, 'groups')).toBe('admin');
    expect(roleOf({ a: { b: { c: 'viewer,operator' } } }, 'a.b.c')).toBe('operator');
    for (const claims of [{}, { role: 'root' }, { role: null }, { role: { admin: true } }, { role: true }]) {
      expect(roleOf(claims, 'role')).toBeNull();
    }
    expect(roleOf({}, 'constructor.name')).toBeNull();
  });

  test('names agencies in a list or a text; one that is missing names none', () => {
    expect(agenciesOf({ 'https://a.example/x.y': [2, '1', '2', null] }, 'https://a.example/x.y')).toEqual(['1', '2']);
    expect([agenciesOf({ a: '1, 2 3' }, 'a'), agenciesOf({ a: 7 }, 'a'), agenciesOf({ a: 'all' }, 'a')]).toEqual([
      ...[['1', '2', '3'], ['7'], 'all'],
    ]);
    for (const claims of [{}, { a: null }, { a: [] }, { a: { all: 'all' } }, { a: true }])
      expect(agenciesOf(claims, 'a')).toEqual([]);
  });
});

test('of two roles the lesser is the one that may less', () => {
  expect([lesserRole('admin', 'viewer'), lesserRole('viewer', 'operator'), lesserRole('operator', 'operator')]).toEqual([
    ...['viewer', 'viewer', 'operator'],
  ]);
});

describe('who calls', () => {
  const client = { address: null, name: null, cookie: null };
  const users = {
    sessionCookie: 'aquarius_session',
    identifyKey: () => Promise.reject(new Error('asked for a key')),
  } as unknown as Users;

  test('with a machine token that looks like a key, or has such characters in it, bears the machine token', async () => {
    for (const token of ['aq_0123456789', 'xaq_x', 'x'.repeat(43)]) {
      const identify = makeIdentify(token, users);
      expect(await identify({ authorization: `Bearer ${token}`, actsFor: 'Ana', client })).toMatchObject({
        kind: 'machine',
        name: 'Ana',
      });
      await expect(identify({ authorization: 'Bearer xaq_other', actsFor: undefined, client })).rejects.toMatchObject({
        code: 'token_wrong',
      });
      await expect(identify({ authorization: 'Bearer aq_other', actsFor: undefined, client })).rejects.toThrow('asked for a key');
    }
  });

  test('by the cookie of another site on the same host is not signed in by it', async () => {
    const identify = makeIdentify('t', users);
    for (const cookie of ['aquarius_session=', 'xaquarius_session=1', 'aquarius_session2=1', 'a=aquarius_session']) {
      const call = identify({ authorization: undefined, actsFor: undefined, client: { ...client, cookie } });
      await expect(call, cookie).rejects.toMatchObject({ code: 'token_missing' });
    }
  });
});

describe('V6.2.4: passwords', () => {
  const EVE = { email: 'eve@example.com', name: 'Eve' };

  test('that are common and long enough are refused', async () => {
    const long = common.dictionary['passwords-common'].map(String).filter((password) => password.length >= 12);
    expect(long.length).toBeGreaterThan(250);
    // Every tenth, since each takes some 40 ms.
    for (const password of long.filter((_, index) => index % 10 === 0)) {
      await expect(refuseWeakPassword(password, EVE), password).rejects.toMatchObject({ code: 'password_weak' });
    }
  });

  test.each(['marmalade under the north bridge', 'ñandú ñandú 😀 gris', 'xk7#Vq2mTz9!'])(
    'such as %s are taken',
    async (password) => {
      await refuseWeakPassword(password, EVE);
    },
  );

  test('take fewer guesses for whoever knows the person', async () => {
    expect(await guessesOf('montgomery-bluewater', ['montgomery', 'bluewater'])).toBeLessThan(
      await guessesOf('montgomery-bluewater', []),
    );
  });
});
