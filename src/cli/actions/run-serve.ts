import { randomBytes } from 'node:crypto';
import { requireServeToken } from '../../api/serve-token.ts';
import { openApp, openSettings } from '../../app.ts';
import { configError } from '../../errors.ts';
import { systemClock } from '../../lib/clock.ts';
import { type LogLevel, openLog } from '../../lib/log.ts';
import { VERSION } from '../../lib/version.ts';
import { withResource } from '../../lib/with-resource.ts';
import { openTracing } from '../../monitor/tracing.ts';
import { serve } from '../../serve/serve.ts';
import { type CommandRequest, commandRequest, type RunCommandLine, runForwarded } from '../forward/run-command.ts';
import { removeServerFile, writeServerFile } from '../forward/server-file.ts';
import { homeOf } from '../home.ts';
import { currentIo } from '../io.ts';
import type { GlobalOptions } from '../session.ts';
import { settingsFileOf } from '../settings-file.ts';
import { stopSignals } from '../stop-signals.ts';

const TOKEN_BYTES = 32;

interface ServeCommandOptions extends GlobalOptions {
  readonly host?: string;
  readonly port?: number;
  readonly logLevel: LogLevel;
}

export async function runServe(options: ServeCommandOptions, runCommandLine: RunCommandLine): Promise<void> {
  const io = currentIo();
  const places = { home: homeOf(options.home), file: settingsFileOf(options.config), env: io.env };
  const signals = stopSignals();
  try {
    const { settings, secrets } = await openSettings(places);
    signals.allow(settings.worker);
    const { token: reference, host: ownHost, port: ownPort } = settings.serve;
    const host = options.host ?? ownHost;
    requireServeToken(host, reference !== undefined);
    const token = reference === undefined ? randomBytes(TOKEN_BYTES).toString('base64url') : await secrets(reference);
    await withResource(openTracing(io.env, VERSION), async ({ trace }) => {
      const opening = openApp({
        ...places,
        clock: systemClock,
        log: openLog(options.logLevel),
        mode: 'write',
        signal: signals.breakOff,
        trace,
      });
      await withResource(opening, (app) =>
        serve(app, {
          host,
          port: options.port ?? ownPort,
          token,
          stopping: signals.stopping,
          runCommand: async (request, out) => runForwarded(app, readRequest(request), out, runCommandLine),
          onListening: async (url) => {
            const startedAt = systemClock.now().toISOString();
            const { home, file } = app.settings;
            await writeServerFile(home, { pid: process.pid, url, token, startedAt, version: VERSION, configFile: file });
            io.stderr(greeting(url, reference === undefined ? token : null, io.isTTY));
          },
        }),
      );
    });
    await removeServerFile(settings.home, token);
  } finally {
    signals.end();
  }
}

function readRequest(request: unknown): CommandRequest {
  const read = commandRequest.safeParse(request);
  if (read.success) return read.data;
  throw configError('command_malformed', 'The server does not understand the command that it was sent.', {
    hint: 'Use the same version of Aquarius for the command and for the server.',
  });
}

/** A token that was made at start is shown to a person; in a log it would lie about. */
function greeting(url: string, token: string | null, isTTY: boolean): string {
  const lines = [`Aquarius ${VERSION} listens on ${url}; its API is described at ${url}/api/docs.`];
  if (token !== null) lines.push(isTTY ? `Token: ${token}` : 'Its token is in serve.json in the data directory.');
  if (isTTY) lines.push('Commands in this data directory go through it. Ctrl-C stops it; twice, at once.');
  return `${lines.join('\n')}\n`;
}
