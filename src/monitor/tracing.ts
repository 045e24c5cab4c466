import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context, Span, Tracer } from '@opentelemetry/api';
import type { Environment } from '../config/secrets.ts';
import { AquariusError, configError } from '../errors.ts';
import { NO_TRACE, type Trace } from '../lib/trace.ts';

/** How long spans that are still to be sent may hold up the end of the process. */
const FLUSH_MS = 5_000;

/** A trace with its way out. Disposing sends what is left, for 5 seconds at most unless said, and never fails. */
export interface Tracing extends AsyncDisposable {
  readonly trace: Trace;
}

const OFF: Tracing = { trace: NO_TRACE, [Symbol.asyncDispose]: async () => {} };

/**
 * Traces over OTLP/HTTP (JSON) to the collector that OTEL_EXPORTER_OTLP_TRACES_ENDPOINT (the whole URL) or
 * OTEL_EXPORTER_OTLP_ENDPOINT (to which `/v1/traces` is added) names; without either, nothing is loaded and nothing is measured.
 * A collector that does not answer costs spans, never a run; `flushMs` bounds what disposing waits for it. Throws `otlp_endpoint`,
 * `config`, for what is no URL.
 */
export async function openTracing(env: Environment, version: string, flushMs = FLUSH_MS): Promise<Tracing> {
  const url = endpoint(env);
  if (url === undefined || env.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return OFF;
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const exporter = new OTLPTraceExporter({ url, headers: headers(env) });
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': env.OTEL_SERVICE_NAME || 'aquarius', 'service.version': version }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter })],
  });
  return {
    trace: makeTrace(provider.getTracer('aquarius', version), api),
    [Symbol.asyncDispose]: () => within(flushMs, provider.shutdown()),
  };
}

function endpoint(env: Environment): string | undefined {
  const base = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const url = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || (base ? `${base.replace(/\/$/, '')}/v1/traces` : undefined);
  if (url === undefined || (URL.canParse(url) && /^https?:/.test(url))) return url;
  throw configError('otlp_endpoint', 'The endpoint for traces is not the URL of an HTTP server.', {
    hint: 'Write OTEL_EXPORTER_OTLP_ENDPOINT as http://collector:4318, the port for OTLP over HTTP.',
  });
}

/** The exporter reads these from the process alone, and ours may stand in `.env`. */
function headers(env: Environment): Record<string, string> {
  const list = env.OTEL_EXPORTER_OTLP_TRACES_HEADERS || env.OTEL_EXPORTER_OTLP_HEADERS || '';
  const pairs = list.split(',').map((pair) => /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(pair));
  return Object.fromEntries(pairs.flatMap((pair) => (pair?.[1] ? [[pair[1], decoded(pair[2] ?? '')]] : [])));
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // A value that nobody encoded, such as one with a bare percent sign.
    return value;
  }
}

/** Spans find their parent by the asynchronous context, so nothing has to be handed through the engine and nothing is global. */
function makeTrace(tracer: Tracer, api: typeof import('@opentelemetry/api')): Trace {
  const contexts = new AsyncLocalStorage<Context>();
  return {
    async span(name, attributes, work) {
      const parent = contexts.getStore() ?? api.ROOT_CONTEXT;
      const span = tracer.startSpan(name, { attributes: { ...attributes } }, parent);
      try {
        return await contexts.run(api.trace.setSpan(parent, span), work);
      } catch (error) {
        markFailed(span, error, api.SpanStatusCode.ERROR);
        throw error;
      } finally {
        span.end();
      }
    },
  };
}

/** By its code alone: the message of an error that we have not written may quote data. */
function markFailed(span: Span, error: unknown, status: 2): void {
  const code = error instanceof AquariusError ? error.code : 'bug';
  span.setAttribute('error.type', code);
  span.setStatus({ code: status, message: code });
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  const deadline = Promise.withResolvers<void>();
  const timer = setTimeout(deadline.resolve, ms);
  try {
    await Promise.race([work.catch(() => {}), deadline.promise]);
  } finally {
    clearTimeout(timer);
  }
}
