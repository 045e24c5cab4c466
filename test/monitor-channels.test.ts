import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SMTPServer } from 'smtp-server';
import { describe, expect, test } from 'vitest';
import type { AlertChannel } from '../src/config/operation-settings.ts';
import { configError } from '../src/errors.ts';
import type { Alert, Notification } from '../src/ledger/alert.ts';
import { systemClock } from '../src/lib/clock.ts';
import { type Message, messageOf } from '../src/monitor/channels/message.ts';
import { send } from '../src/monitor/channels/send.ts';
import { testChannel } from '../src/monitor/test-channel.ts';
import { handClock } from './support/hand-clock.ts';
import { httpReceiver } from './support/http-receiver.ts';
import { failureOf, localFiles } from './support/stage-files.ts';

const ALERT: Alert = {
  key: 'run_failed:abc',
  kind: 'run_failed',
  agencyId: '1480',
  message: 'The delivery to <liveramp-us> & co failed.',
  detail: { run: 'r1', code: 'sftp_host_key' },
  state: 'resolved',
  firedAt: '2026-02-16T05:00:00.000Z',
  resolvedAt: '2026-02-16T05:30:00.000Z',
};
const FIRED: Notification = { id: 'n-1', channel: 'ops', event: 'fired', alert: ALERT, attempts: 1 };
const KEY = Buffer.from('0123456789abcdef0123456789abcdef');
const SECRETS: Readonly<Record<string, string>> = { 'env:SIGN': `whsec_${KEY.toString('base64')}` };
const WEBHOOK = (url: string): AlertChannel => ({ type: 'webhook', url, secret: 'env:SIGN' });

function ctx(secrets = SECRETS, signal = new AbortController().signal) {
  return {
    clock: handClock('2026-02-16T06:00:00.700Z'),
    signal,
    secrets: async (reference: string) => {
      const value = secrets[reference];
      if (value === undefined) throw configError('secret_missing', `The secret ${reference} is not set.`);
      return value;
    },
  };
}

describe('a webhook', () => {
  test('is signed so that a verifier written from Standard Webhooks accepts it', async () => {
    await using receiver = await httpReceiver({ status: 204 });
    await send(WEBHOOK(`${receiver.url}/hook?x=1`), messageOf(FIRED), ctx());
    const [request] = receiver.received;
    if (request === undefined) throw new Error('nothing came');
    expect(request).toMatchObject({ method: 'POST', path: '/hook?x=1' });
    // "msg_id.timestamp.payload", HMAC-SHA256 with the decoded secret, base64, behind the version.
    const { headers, body } = request;
    const signed = [headers['webhook-id'], headers['webhook-timestamp'], body].join('.');
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', KEY).update(signed).digest('base64')}`);
    expect(headers['webhook-id']).toBe('n-1');
    expect(Number(headers['webhook-timestamp'])).toBe(Date.parse('2026-02-16T06:00:00Z') / 1000);
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(body)).toEqual({ type: 'alert.fired', timestamp: ALERT.firedAt, data: ALERT });
  });

  test('of another try has the same id and body and a signature of its own time', async () => {
    await using receiver = await httpReceiver({ status: 500 }, { status: 200 });
    const context = ctx();
    await failureOf(send(WEBHOOK(receiver.url), messageOf(FIRED), context));
    context.clock.move(30_000);
    await send(WEBHOOK(receiver.url), messageOf(FIRED), context);
    const [first, second] = receiver.received;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(Number(second?.headers['webhook-timestamp'])).toBe(Number(first?.headers['webhook-timestamp']) + 30);
    expect(second?.headers['webhook-signature']).not.toBe(first?.headers['webhook-signature']);
  });

  test.each([
    [{ status: 410 }, { kind: 'rejected', code: 'alert_channel_gone' }],
    [{ status: 400 }, { kind: 'transient', code: 'alert_channel_refused', retryAfterMs: undefined }],
    [
      { status: 503, headers: { 'retry-after': '120' } },
      { code: 'alert_channel_refused', retryAfterMs: 120_000 },
    ],
    [{ status: 429, headers: { 'retry-after': 'Mon, 16 Feb 2026 06:01:00 GMT' } }, { retryAfterMs: 59_300 }],
    [
      { status: 503, headers: { 'retry-after': 'soon' } },
      { code: 'alert_channel_refused', retryAfterMs: undefined },
    ],
  ])('answered with %j fails as %j', async (answer, expected) => {
    await using receiver = await httpReceiver(answer);
    expect(await failureOf(send(WEBHOOK(receiver.url), messageOf(FIRED), ctx()))).toMatchObject(expected);
  });

  test('follows no redirect', async () => {
    await using other = await httpReceiver();
    await using receiver = await httpReceiver({ status: 307, headers: { location: other.url } });
    expect(await failureOf(send(WEBHOOK(receiver.url), messageOf(FIRED), ctx()))).toMatchObject({
      kind: 'config',
      code: 'alert_channel_redirects',
    });
    expect(other.received).toEqual([]);
  });

  test('that is never answered ends with its signal', async () => {
    await using receiver = await httpReceiver('hang');
    const stop = new AbortController();
    const failure = failureOf(send(WEBHOOK(receiver.url), messageOf(FIRED), ctx(SECRETS, stop.signal)));
    await receiver.has(1);
    stop.abort();
    expect(await failure).toMatchObject({ kind: 'transient', code: 'alert_channel_unreachable' });
  });

  test('to a port where nobody listens says so without the URL', async () => {
    const gone = await httpReceiver();
    await gone[Symbol.asyncDispose]();
    const error = await failureOf(send(WEBHOOK(`${gone.url}/token-in-path`), messageOf(FIRED), ctx()));
    expect(error).toMatchObject({ kind: 'transient', code: 'alert_channel_unreachable' });
    expect(String(error)).toContain('ECONNREFUSED');
    expect(String(error)).not.toContain('token-in-path');
  });

  test.each(['whsec_%%%', 'whsec_c2hvcnQ=', ''])('with the signing secret %j is not sent', async (secret) => {
    await using receiver = await httpReceiver();
    const error = await failureOf(send(WEBHOOK(receiver.url), messageOf(FIRED), ctx({ 'env:SIGN': secret })));
    expect(error).toMatchObject({ kind: 'config', code: 'alert_secret_malformed' });
    expect(receiver.received).toEqual([]);
  });
});

test('the receiver in the documentation takes what is signed, once, and nothing else', async () => {
  using files = localFiles();
  const [, code = ''] = /```js\n(.*?)```/s.exec(readFileSync('docs/alerts.md', 'utf8')) ?? [];
  writeFileSync(join(files.folder, 'receiver.mjs'), code);
  const env = { ALERT_SIGNING_SECRET: SECRETS['env:SIGN'] ?? '', PORT: '0' };
  const child = spawn(process.execPath, [join(files.folder, 'receiver.mjs')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  try {
    const [, port] = /^listening on (\d+)$/.exec(String((await lines.next()).value)) ?? [];
    const channel = WEBHOOK(`http://127.0.0.1:${port}/`);
    const now = { ...ctx(), clock: systemClock };
    await send(channel, messageOf(FIRED), now);
    await send(channel, messageOf(FIRED), now);
    await send(channel, messageOf({ ...FIRED, id: 'n-2', event: 'resolved' }), now);
    const forged = { 'env:SIGN': `whsec_${Buffer.alloc(32, 1).toString('base64')}` };
    const refused = { code: 'alert_channel_refused', message: 'The receiver of alerts answers with HTTP 401.' };
    expect(await failureOf(send(channel, messageOf(FIRED), { ...ctx(forged), clock: systemClock }))).toMatchObject(refused);
    const old = handClock(new Date(systemClock.now().getTime() - 600_000).toISOString());
    expect(await failureOf(send(channel, messageOf(FIRED), { ...ctx(), clock: old }))).toMatchObject(refused);
    expect((await lines.next()).value).toBe(`alert.fired ${ALERT.message}`);
    expect((await lines.next()).value).toBe(`alert.resolved ${ALERT.message}`);
  } finally {
    child.kill();
    await once(child, 'close');
  }
});

describe('Slack', () => {
  const channel: AlertChannel = { type: 'slack', url: 'env:SLACK' };

  test('gets text and blocks, with what its markup would read escaped', async () => {
    await using receiver = await httpReceiver();
    await send(channel, messageOf({ ...FIRED, event: 'resolved' }), ctx({ 'env:SLACK': `${receiver.url}/services/T/B/x` }));
    const text = 'Over: The delivery to &lt;liveramp-us&gt; &amp; co failed.';
    expect(receiver.received).toMatchObject([{ path: '/services/T/B/x' }]);
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toEqual({
      text,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: `:white_check_mark: ${text}` } },
        { type: 'context', elements: [{ type: 'mrkdwn', text: 'run_failed · agency 1480 · 2026-02-16T05:30:00.000Z' }] },
      ],
    });
  });

  test('that is too busy says how long to wait', async () => {
    await using receiver = await httpReceiver({ status: 429, headers: { 'retry-after': '7' } });
    expect(await failureOf(send(channel, messageOf(FIRED), ctx({ 'env:SLACK': receiver.url })))).toMatchObject({
      kind: 'transient',
      retryAfterMs: 7_000,
    });
  });

  test('without a usable URL fails by name, and never shows what the secret holds', async () => {
    expect(await failureOf(send(channel, messageOf(FIRED), ctx({})))).toMatchObject({ code: 'secret_missing' });
    const error = await failureOf(send(channel, messageOf(FIRED), ctx({ 'env:SLACK': 'xoxb-secret' })));
    expect(error).toMatchObject({ kind: 'config', code: 'alert_url_malformed' });
    expect(JSON.stringify(error) + String(error)).not.toContain('xoxb-secret');
  });
});

interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
  readonly user: string | undefined;
}

async function smtpServer(password: string): Promise<AsyncDisposable & { readonly port: number; readonly mails: Mail[] }> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth({ username, password: given }, _session, done) {
      if (given === password) done(null, { user: username });
      else done(Object.assign(new Error(`no such user ${username}`), { responseCode: 535 }));
    },
    onData(stream, { envelope, user }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        mails.push({ from, to, text: Buffer.concat(chunks).toString(), user });
        done();
      });
    },
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

describe('e-mail', () => {
  const channel: AlertChannel = {
    type: 'email',
    smtp: 'env:SMTP',
    from: 'aquarius@example.com',
    to: ['ops@example.com', 'desk@example.com'],
  };

  test('is plain text with the message as its subject, to everyone named', async () => {
    await using server = await smtpServer('p@ss');
    await send(channel, messageOf(FIRED), ctx({ 'env:SMTP': `smtp://bob:p%40ss@127.0.0.1:${server.port}` }));
    expect(server.mails).toMatchObject([
      { from: 'aquarius@example.com', to: ['ops@example.com', 'desk@example.com'], user: 'bob' },
    ]);
    const [head = '', body = ''] = (server.mails[0]?.text ?? '').split('\r\n\r\n', 2);
    expect(head).toMatch(/^Subject: \[Aquarius\] The delivery to <liveramp-us> & co failed\.$/m);
    expect(head).toMatch(/^Content-Type: text\/plain/m);
    expect(head).toMatch(/^Message-ID: <n-1@example\.com>$/m);
    expect(server.mails[0]?.text).toContain('Kind: run_failed');
    expect(server.mails[0]?.text).toContain('code: sftp_host_key');
    expect(body).toContain('The delivery to <liveramp-us> & co failed.');
  });

  test('with a wrong password fails by code, and says neither user nor password', async () => {
    await using server = await smtpServer('right');
    const error = await failureOf(
      send(channel, messageOf(FIRED), ctx({ 'env:SMTP': `smtp://bob:wrong@127.0.0.1:${server.port}` })),
    );
    expect(error).toMatchObject({ kind: 'transient', code: 'alert_mail_failed' });
    expect(String(error)).toContain('EAUTH, 535');
    expect(String(error)).not.toMatch(/bob|wrong/);
    expect(server.mails).toEqual([]);
  });

  test('goes to nobody when TLS is demanded and not offered', async () => {
    await using server = await smtpServer('right');
    const url = `smtp://bob:right@127.0.0.1:${server.port}?requireTLS=true`;
    expect(await failureOf(send(channel, messageOf(FIRED), ctx({ 'env:SMTP': url })))).toMatchObject({
      code: 'alert_mail_failed',
    });
    expect(server.mails).toEqual([]);
  });

  test('to a server that never greets ends with its signal, and with it the connection', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const stop = new AbortController();
    const url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const failure = failureOf(send(channel, messageOf(FIRED), ctx({ 'env:SMTP': url }, stop.signal)));
    const [socket] = await once(server, 'connection');
    socket.on('error', () => {});
    stop.abort();
    expect(await failure).toMatchObject({ kind: 'transient', message: expect.stringContaining('no answer in time') });
    if (!socket.closed) await once(socket.resume(), 'close');
    await new Promise((resolve) => server.close(resolve));
  });

  test('whose signal has ended is not sent', async () => {
    await using server = await smtpServer('right');
    const context = ctx({ 'env:SMTP': `smtp://127.0.0.1:${server.port}` }, AbortSignal.abort());
    expect(await failureOf(send(channel, messageOf(FIRED), context))).toMatchObject({ code: 'alert_mail_failed' });
    expect(server.mails).toEqual([]);
  });
});

describe('a test message', () => {
  test('goes through the channel and is marked as one', async () => {
    await using receiver = await httpReceiver();
    await testChannel('ops', { ops: WEBHOOK(receiver.url) }, ctx());
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toEqual({
      type: 'alert.test',
      timestamp: '2026-02-16T06:00:00.700Z',
      data: { message: expect.stringContaining('test of the alert channel ops') },
    });
  });

  test('for a name that nobody gave fails with the near one', async () => {
    expect(await failureOf(testChannel('opps', { ops: WEBHOOK('http://127.0.0.1:1') }, ctx()))).toMatchObject({
      kind: 'config',
      code: 'unknown_alert_channel',
      hint: 'Did you mean ops?',
    });
  });
});

test('what is told of an end names the time of the end', () => {
  const message: Message = messageOf({ ...FIRED, event: 'resolved' });
  expect(message).toMatchObject({ type: 'alert.resolved', at: ALERT.resolvedAt });
});
