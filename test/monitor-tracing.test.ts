import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { transientError } from '../src/errors.ts';
import { NO_TRACE } from '../src/lib/trace.ts';
import { openTracing } from '../src/monitor/tracing.ts';
import { httpReceiver, type Received } from './support/http-receiver.ts';
import { failureOf } from './support/stage-files.ts';

interface OtlpSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
  readonly status: { readonly code?: number; readonly message?: string };
}

function parse(requests: readonly Received[]) {
  const groups = requests.flatMap(({ body }) => JSON.parse(body).resourceSpans);
  const spans: OtlpSpan[] = groups.flatMap((group) => group.scopeSpans).flatMap((scope) => scope.spans);
  const span = (name: string): OtlpSpan => {
    const found = spans.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no span ${name}`);
    return found;
  };
  return { resource: groups[0].resource.attributes, spans, span };
}

describe('traces', () => {
  test('without an endpoint nothing is measured', async () => {
    expect((await openTracing({}, '1.2.3')).trace).toBe(NO_TRACE);
    expect((await openTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: '' }, '1.2.3')).trace).toBe(NO_TRACE);
    const off = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_SDK_DISABLED: 'true' };
    expect((await openTracing(off, '1.2.3')).trace).toBe(NO_TRACE);
    expect(await NO_TRACE.span('x', {}, async () => 7)).toBe(7);
  });

  test('arrive at the collector, nested as the work was, also where works overlap', async () => {
    await using collector = await httpReceiver();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`, OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20b, y=2' };
    const tracing = await openTracing(env, '1.2.3');
    const run = (name: string) =>
      tracing.trace.span(name, { run: name, attempt: 2 }, async () => {
        await setImmediate();
        return tracing.trace.span(`${name}.send`, {}, async () => setImmediate(name));
      });
    expect(await Promise.all([run('a'), run('b')])).toEqual(['a', 'b']);
    await tracing[Symbol.asyncDispose]();
    expect(collector.received[0]).toMatchObject({ path: '/v1/traces', headers: { 'x-key': 'a b', y: '2' } });
    const { resource, spans, span } = parse(collector.received);
    expect(spans.map(({ name }) => name).sort()).toEqual(['a', 'a.send', 'b', 'b.send']);
    expect(resource).toContainEqual({ key: 'service.name', value: { stringValue: 'aquarius' } });
    expect(resource).toContainEqual({ key: 'service.version', value: { stringValue: '1.2.3' } });
    for (const name of ['a', 'b']) {
      expect(span(`${name}.send`)).toMatchObject({ traceId: span(name).traceId, parentSpanId: span(name).spanId });
      expect(span(name).parentSpanId ?? '').toBe('');
      expect(span(name).attributes).toContainEqual({ key: 'attempt', value: { intValue: 2 } });
    }
    expect(span('a').traceId).not.toBe(span('b').traceId);
  });

  test('a failure is thrown on, and marked by its code alone', async () => {
    await using collector = await httpReceiver();
    const tracing = await openTracing({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/here` }, '1.2.3');
    const known = transientError('sftp_timeout', 'No answer for 38400000-8cf0-11bd-b23e-10b96e40000d.');
    const unknown = new Error('38400000-8cf0-11bd-b23e-10b96e40000d');
    expect(await failureOf(tracing.trace.span('known', {}, () => Promise.reject(known)))).toBe(known);
    expect(await failureOf(tracing.trace.span('unknown', {}, () => Promise.reject(unknown)))).toBe(unknown);
    await tracing[Symbol.asyncDispose]();
    expect(collector.received.map(({ path }) => path)).toEqual(['/here']);
    const { span } = parse(collector.received);
    expect(span('known')).toMatchObject({
      status: { code: 2, message: 'sftp_timeout' },
      attributes: [{ key: 'error.type', value: { stringValue: 'sftp_timeout' } }],
    });
    expect(span('unknown').status).toEqual({ code: 2, message: 'bug' });
    expect(collector.received[0]?.body).not.toContain('38400000');
  });

  test('a collector that never answers does not hold up the end', async () => {
    await using collector = await httpReceiver('hang');
    const tracing = await openTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }, '1.2.3', 20);
    await tracing.trace.span('a', {}, async () => {});
    // Resolves although the request is never answered.
    await tracing[Symbol.asyncDispose]();
    await collector.has(1);
    expect(collector.received).toHaveLength(1);
  });

  test('an endpoint that is no URL is refused with what to write', async () => {
    expect(await failureOf(openTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, '1.2.3'))).toMatchObject({
      kind: 'config',
      code: 'otlp_endpoint',
      hint: expect.stringContaining('4318'),
    });
  });
});
