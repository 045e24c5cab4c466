import type { Logger } from 'pino';
import type { Actor } from '../ledger/actor.ts';
import type { DestinationLimits } from '../ledger/destination-state.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Run } from '../ledger/run.ts';
import type { Clock } from '../lib/clock.ts';
import type { DeliveryOverview } from '../shapes/delivery-shape.ts';
import type { Rejection } from '../shapes/rejections.ts';
import type { PlanOutput } from '../shapes/shapes.ts';
import type { TriggerOutcome, TriggerRequest } from '../shapes/trigger-shapes.ts';

/**
 * This room is the HTTP face: it reads a request, checks who asks and what for, and hands the work to what is injected here. It may
 * touch the ledger and nothing else, and never decides what is delivered.
 */

/** Narrows the list of deliveries; what is left out does not narrow. */
export interface DeliveryQuery {
  /** Only these agencies; an empty list gives nothing. */
  readonly agencyIds?: readonly string[];
  readonly advertiserId?: string;
  readonly destination?: string;
}

/** A destination of aquarius.yaml, without anything secret. */
export interface DestinationFacts {
  readonly name: string;
  /** The adapter: `liveramp-sftp`. */
  readonly type: string;
  readonly limits: DestinationLimits;
}

/** Whether one thing that the program needs is there. The message never holds a secret, an address or a path. */
export interface ReadyCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly message: string;
}

/** Where a command's output goes. `signal` is aborted when the client has gone. */
export interface CommandIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly signal: AbortSignal;
}

export interface ApiDeps {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Logger;
  readonly version: string;
  /** The machine token that calls must bear. */
  readonly token: string;
  readonly destinations: readonly DestinationFacts[];
  /** `requestKey` names the call: the same one makes no second run, also when an earlier call with it broke off. */
  readonly trigger: (request: TriggerRequest, actor: Actor, requestKey: string) => Promise<TriggerOutcome>;
  readonly preview: (request: TriggerRequest) => Promise<PlanOutput>;
  /** Why rows of a run were refused, with what to do about it. */
  readonly rejectionsOf: (run: Run) => readonly Rejection[];
  readonly listDeliveries: (query: DeliveryQuery) => Promise<readonly DeliveryOverview[]>;
  /** How long a run that somebody retries may try, in milliseconds. */
  readonly retryDeadlineMs: number;
  readonly ready: (signal: AbortSignal) => Promise<{ readonly ok: boolean; readonly checks: readonly ReadyCheck[] }>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
  /** Runs a command line; gives its exit code. It tells its failures itself: one that it throws counts as a bug. */
  readonly runCommand: (request: unknown, io: CommandIo) => Promise<number>;
  /** Waits so many milliseconds, or rejects once the signal is aborted; the machine's timer unless said. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}
