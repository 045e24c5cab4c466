import type { Confirmation } from '../destinations/destination.ts';
import type { Run } from '../ledger/run.ts';
import type { Engine } from './engine.ts';
import { namedDestination } from './named-destination.ts';

/** When the partner is asked for the first time, and how often again. */
export const FIRST_ASK_MS = 15 * 60_000;
export const ASK_AGAIN_MS = 60 * 60_000;
/** Partners take a day; after three nobody should go on hoping. */
const GIVE_UP_MS = 72 * 60 * 60_000;
/** The longest that a partner may take to answer. */
const ANSWER_MS = 60_000;

type Asking = Pick<Engine, 'ledger' | 'settings' | 'secrets' | 'clock' | 'log' | 'sleep'>;

/**
 * Asks the partner what became of a delivered run, and records what it says. Null when it cannot be asked: it has no way to tell, or is
 * not in aquarius.yaml any more. A partner that does not answer is an error, and the run stays as it was.
 */
export async function askConfirmation(engine: Asking, run: Run, outer: AbortSignal): Promise<Confirmation | null> {
  const { ledger, settings, secrets, clock, log } = engine;
  const destination = namedDestination(settings, run.delivery.destination);
  if (destination === null || destination.confirm === null || run.receipt === null || run.manifest === null) return null;
  const signal = AbortSignal.any([outer, AbortSignal.timeout(ANSWER_MS)]);
  const ctx = { signal, log, clock, secrets, sleep: (ms: number) => engine.sleep(ms, signal) };
  const said = await destination.confirm(run.receipt, run.manifest, ctx);
  const hoped = run.finishedAt === null ? 0 : (await ledger.now()).getTime() - Date.parse(run.finishedAt);
  const final = said.state === 'pending' && hoped > GIVE_UP_MS ? NOT_CONFIRMED : said;
  await ledger.recordConfirmation(run.id, final, ASK_AGAIN_MS);
  return final;
}

const NOT_CONFIRMED: Confirmation = {
  state: 'doubtful',
  code: 'not_confirmed',
  message: 'The partner has not said within three days that it has taken the delivery in.',
  hint: 'Look at the audience in the partner’s own pages, or ask the partner.',
  counts: {},
};
