import { randomBytes } from 'node:crypto';
import { requireServeToken } from '../../api/serve-token.ts';
import { configError } from '../../errors.ts';
import { systemClock } from '../../lib/clock.ts';
import type { LogLevel } from '../../lib/log.ts';
import { VERSION } from '../../lib/version.ts';
import { serve } from '../../serve/serve.ts';
import { signInSettings } from '../../users/sign-in-settings.ts';
import { type CommandRequest, commandRequest, type RunCommandLine, runForwarded } from '../forward/run-command.ts';
import { removeServerFile, writeServerFile } from '../forward/server-file.ts';
import { currentIo } from '../io.ts';
import { runUntilStopped } from '../long-running.ts';
import type { GlobalOptions } from '../session.ts';
import { signInGreeting } from '../sign-in-greeting.ts';

const TOKEN_BYTES = 32;

interface ServeCommandOptions extends GlobalOptions {
  readonly host?: string;
  readonly port?: number;
  readonly logLevel: LogLevel;
  /** False leaves the pages out. */
  readonly web: boolean;
}

export async function runServe(options: ServeCommandOptions, runCommandLine: RunCommandLine): Promise<void> {
  const io = currentIo();
  await runUntilStopped(
    options,
    async ({ settings, secrets }) => {
      const { token: reference, host: ownHost, port: ownPort } = settings.serve;
      const host = options.host ?? ownHost;
      requireServeToken(host, reference !== undefined || settings.users !== undefined);
      const signIn = settings.users === undefined ? null : await signInSettings(settings.users, secrets);
      const isMade = reference === undefined;
      const token = isMade ? randomBytes(TOKEN_BYTES).toString('base64url') : await secrets(reference);
      return { host, port: options.port ?? ownPort, token, isMade, signIn };
    },
    async (app, { host, port, token, isMade, signIn }, stopping) => {
      const { home, file } = app.settings;
      await serve(app, {
        host,
        port,
        token,
        signIn,
        stopping,
        ...(options.web ? { onBuildingPages: () => io.stderr('Building the pages, once…\n') } : {}),
        runCommand: async (request, out) => runForwarded(app, readRequest(request), out, runCommandLine),
        onListening: async (url) => {
          const startedAt = systemClock.now().toISOString();
          await writeServerFile(home, { pid: process.pid, url, token, startedAt, version: VERSION, configFile: file });
          const { isTTY } = io;
          if (signIn === null) io.stderr(greeting(url, { token: isMade ? token : null, isTTY, web: options.web }));
          else io.stderr(await signInGreeting(app, signIn, url, isTTY));
        },
      });
      await removeServerFile(home, token);
    },
  );
}

function readRequest(request: unknown): CommandRequest {
  const read = commandRequest.safeParse(request);
  if (read.success) return read.data;
  throw configError('command_malformed', 'The server does not understand the command that it was sent.', {
    hint: 'Use the same version of Aquarius for the command and for the server.',
  });
}

interface Greeted {
  /** One that was made at start; null for a configured one. */
  readonly token: string | null;
  readonly isTTY: boolean;
  readonly web: boolean;
}

/** A token that was made at start is shown to a person; in a log it would lie about. */
function greeting(url: string, { token, isTTY, web }: Greeted): string {
  const lines = [`Aquarius ${VERSION} listens on ${url}; its API is described at ${url}/api/docs.`];
  if (token === null || !isTTY) {
    if (web) lines.push(`Its pages: ${url}/`);
    if (token !== null) lines.push('Its token is in serve.json in the data directory.');
  } else {
    // Behind # it stays in the browser.
    if (web) lines.push(`Open in a browser: ${url}/#token=${token}`);
    lines.push(`Token: ${token}`);
  }
  if (isTTY) lines.push('Commands in this data directory go through it. Ctrl-C stops it; twice, at once.');
  return `${lines.join('\n')}\n`;
}
