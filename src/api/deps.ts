import type { Logger } from 'pino';
import type { AdminContext, AgencyScope } from '../admin/context.ts';
import type { ReadinessRequest } from '../admin/delivery/readiness-report.ts';
import type { Capabilities } from '../destinations/destination.ts';
import type { Actor } from '../ledger/actor.ts';
import type { DestinationLimits } from '../ledger/destination-state.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Run } from '../ledger/run.ts';
import type { Clock } from '../lib/clock.ts';
import type {
  DeliveryPreview,
  DestinationTest,
  HostKeyReport,
  PreviewRequest,
  ReadinessReport,
} from '../shapes/config/delivery.ts';
import type { DeliveryOverview } from '../shapes/delivery-shape.ts';
import type { Rejection } from '../shapes/rejections.ts';
import type { PlanOutput } from '../shapes/shapes.ts';
import type { TriggerOutcome, TriggerRequest } from '../shapes/trigger-shapes.ts';
import type { Stage } from '../stage/stage.ts';
import type { Users } from '../users/users.ts';

/**
 * This room is the HTTP face: it reads a request, checks who asks and what for, and hands the work to what is injected here. It may
 * touch the ledger and what `admin/` does, and never decides what is delivered.
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
  /** Fingerprints of trusted host keys; null where there are none to trust. */
  readonly hostKeys: readonly string[] | null;
  readonly capabilities: DestinationAbilities;
}

/** What a destination can do. */
export interface DestinationAbilities extends Omit<Capabilities, 'headersFixed'> {
  readonly confirms: boolean;
  readonly taxonomy: boolean;
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

/** For whom the warehouse is opened, and until when. */
export interface AdminRequest {
  readonly scope: AgencyScope;
  readonly signal: AbortSignal;
}

export interface ApiDeps {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Logger;
  readonly version: string;
  /** The machine token that calls must bear. */
  readonly token: string;
  /** People who sign in and keys of programs; left out where the machine token is all there is. */
  readonly users?: Users;
  readonly destinations: readonly DestinationFacts[];
  /** `requestKey` names the call: the same one makes no second run, also when an earlier call with it broke off. */
  readonly trigger: (request: TriggerRequest, actor: Actor, requestKey: string) => Promise<TriggerOutcome>;
  readonly preview: (request: TriggerRequest) => Promise<PlanOutput>;
  readonly readinessOf: (admin: AdminContext, request: ReadinessRequest) => Promise<ReadinessReport>;
  /** What would be delivered with values that are not saved. */
  readonly previewOf: (admin: AdminContext, request: PreviewRequest) => Promise<DeliveryPreview>;
  /** Connects to a destination and sends nothing. */
  readonly testDestination: (name: string, signal: AbortSignal) => Promise<DestinationTest>;
  /** What its server offers against what is trusted; `published` is the fingerprint that the partner has told. */
  readonly hostKeysOf: (name: string, published: string | undefined, signal: AbortSignal) => Promise<HostKeyReport>;
  readonly stage: Pick<Stage, 'stat' | 'open' | 'put'>;
  /** Why rows of a run were refused, with what to do about it. */
  readonly rejectionsOf: (run: Run) => readonly Rejection[];
  readonly listDeliveries: (query: DeliveryQuery) => Promise<readonly DeliveryOverview[]>;
  /** How long a run that somebody retries may try, in milliseconds. */
  readonly retryDeadlineMs: number;
  readonly ready: (signal: AbortSignal) => Promise<{ readonly ok: boolean; readonly checks: readonly ReadyCheck[] }>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
  /** Runs a command line; gives its exit code. It tells its failures itself: one that it throws counts as a bug. */
  readonly runCommand: (request: unknown, io: CommandIo) => Promise<number>;
  /** Opens the warehouse for one request about configuration and mappings, and closes it. */
  readonly withAdmin: <T>(request: AdminRequest, work: (admin: AdminContext) => Promise<T>) => Promise<T>;
  /** Who holds it writes to the warehouse's configuration. */
  readonly turn: object;
  /** Answers a browser that reads a page or a part of one; null when there is none at that path. Left out where no pages are wanted. */
  readonly pages?: (request: Request) => Response | null;
  /** Waits so many milliseconds, or rejects once the signal is aborted; the machine's timer unless said. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}
