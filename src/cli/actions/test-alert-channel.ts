import { testChannel } from '../../monitor/test-channel.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';

/** The longest that a channel may take. */
const SEND_MS = 15_000;

export async function testAlertChannel(name: string, options: GlobalOptions): Promise<void> {
  await withApp(options, 'ledger', ({ settings, secrets, clock, signal }) =>
    testChannel(name, settings.alerts.channels, {
      secrets,
      clock,
      signal: AbortSignal.any([signal, AbortSignal.timeout(SEND_MS)]),
    }),
  );
  if (options.json === true) printJson({ channel: name, sent: true });
  else print(`A test message was taken by ${name}.`);
}
