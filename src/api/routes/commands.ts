import { configError } from '../../errors.ts';
import { logBug } from '../answer-failure.ts';
import type { ApiDeps, CommandIo } from '../deps.ts';
import type { Api } from '../env.ts';

/** Exit code of a fault of ours, as the command line has it. */
const EXIT_BUG = 70;

/**
 * The command line's way in when a server owns the data directory: it sends what was typed, and gets the output back as it comes, in
 * lines of JSON: `{"out"}`, `{"err"}`, and at the end `{"exit"}`. When the client goes the command is stopped.
 */
export function commandRoutes(api: Api, { log, runCommand }: ApiDeps): void {
  const exitOf = async (request: unknown, io: CommandIo, requestId: string): Promise<number> => {
    try {
      return await runCommand(request, io);
    } catch (error) {
      logBug(log, error, requestId);
      io.err(`aquarius: a fault in Aquarius; the log of the server has it as request ${requestId}\n`);
      return EXIT_BUG;
    }
  };

  api.post('/api/commands', async (c) => {
    // A command may do anything on this machine, and knows no agencies.
    if (c.get('principal').kind !== 'machine') {
      throw configError('role_insufficient', 'Commands are taken from who bears the machine token alone.', {
        hint: 'Run the command on the machine of the server, in its data directory.',
      });
    }
    const request: unknown = await c.req.json().catch((cause: unknown) => {
      throw configError('json_malformed', 'The body is not JSON.', { hint: 'Send valid JSON in UTF-8.', cause });
    });
    const requestId = c.get('requestId');
    const gone = new AbortController();
    const signal = AbortSignal.any([c.req.raw.signal, gone.signal]);
    const encoder = new TextEncoder();
    const lines = new ReadableStream<Uint8Array>({
      start(controller) {
        const say = (line: object): void => {
          if (!signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
        };
        const io = { out: (out: string) => say({ out }), err: (err: string) => say({ err }), signal };
        void exitOf(request, io, requestId).then((exit) => {
          say({ exit });
          if (!signal.aborted) controller.close();
        });
      },
      cancel: () => gone.abort(),
    });
    return c.body(lines, 200, { 'Content-Type': 'application/x-ndjson' });
  });
}
