import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Layout } from '../format/layout.ts';
import type { Manifest, ManifestFile } from '../format/manifest.ts';
import type { IdentifierType } from '../identity/identifier-type.ts';
import type { Clock } from '../lib/clock.ts';
import type { KeptResources } from '../lib/kept-resources.ts';

/**
 * A destination is dumb: it connects, delivers one staged set, says what happened. No retry loop, no ledger, no schedule.
 * Delivering the same set again leaves the partner as it was.
 */

/** Resolves a secret reference (`env:NAME`, `file:/path`) to its value. A missing one is a `config` error `secret_missing`. */
export type Secrets = (reference: string) => Promise<string>;

export interface Ctx {
  /** Carries the deadline; every outside call is given it. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** Waits so many milliseconds, or rejects with the signal's reason once it aborts: for partners that ask to be left alone a while. */
  readonly sleep: (ms: number) => Promise<void>;
  /**
   * Awaited right before a file gets its final name: rejects when this worker has lost the run to another one, and then nothing more
   * may be published.
   */
  readonly fence: () => Promise<void>;
  /**
   * Told which members the partner has refused, where it says which, some thousand at most each time: what was asked for them does not
   * count as done, and is asked again the next time. Awaited before the receipt is given.
   */
  readonly onRejected: (members: readonly Identifier[]) => Promise<void>;
  /** Connections that outlive a delivery. Without it each delivery has its own. */
  readonly kept?: KeptResources;
  /** Told what the partner has acknowledged, in bytes over all files of the set. */
  readonly onProgress?: (bytes: number) => void;
}

/** What is given to whoever delivers nothing: no run, hence no fence. */
export type CheckCtx = Omit<Ctx, 'fence' | 'onProgress' | 'onRejected'>;

/** An identifier in its canonical form. */
export interface Identifier {
  readonly type: IdentifierType;
  readonly value: string;
}

/** A file of a staged set. Its `action` says what the partner shall do with the members in it. */
export interface ReadableFile extends ManifestFile {
  /** Opens the staged bytes. May be called again for another try. */
  open(signal?: AbortSignal): Promise<Readable>;
}

/** A staged set as a destination sees it. */
export interface ReadableSet {
  readonly manifest: Manifest;
  readonly files: readonly ReadableFile[];
  /** Whether an earlier attempt may have begun to send it, and left something unfinished at the partner. */
  readonly isResumed: boolean;
}

/** What one file became at the partner. */
export interface FileReceipt {
  readonly name: string;
  /** Where it is at the partner: a path or an object key. */
  readonly remote: string;
  readonly bytes: number;
  /** `already` when an earlier try had put it there. */
  readonly outcome: 'sent' | 'already';
}

/** What the partner said. accepted + rejected = rows of the set, removals included. */
export interface Receipt {
  readonly accepted: number;
  readonly rejected: number;
  /** Rejected rows by the partner's reason; the adapter's `advice` has every one that it knows. */
  readonly reasons: Readonly<Record<string, number>>;
  /** The partner's reference for the whole delivery: a job id, or the remote folder. */
  readonly reference: string;
  readonly files: readonly FileReceipt[];
  /** Facts worth keeping about the far end: banner, pinned key used, transfer time. Never a secret or an id. */
  readonly details: Readonly<Record<string, string | number | boolean>>;
}

export interface Capabilities {
  /** Types that the partner takes with these settings, in the order in which they are documented. */
  readonly identifiers: readonly IdentifierType[];
  /** IPs may go there (the destination's `allowIp`), and IPv6 among them. */
  readonly allowIp: boolean;
  readonly allowIpv6: boolean;
  /** Rows that the partner needs at least. */
  readonly minRows: number;
  readonly refresh: readonly ('full' | 'incremental')[];
  /** The partner takes single members away: a set may have files with the action `remove`. */
  readonly removes: boolean;
  /** The partner is told of members that have opted out: a set may have files with the action `optOut`. */
  readonly optOuts: boolean;
  /** Days that the partner keeps a member which is not sent again; null: for good. An entry's `ttlDays` goes before it. */
  readonly ttlDays: number | null;
  /** The largest `ttlDays` that an entry may ask for; null where it cannot ask. */
  readonly maxTtlDays: number | null;
  /** The partner stops at a file whose header is not as in the files before it: it must be accepted by a person first. */
  readonly headersFixed?: boolean;
}

/** What a partner says of a delivery some time after it. */
export type Confirmation =
  | { readonly state: 'pending' }
  /** The partner has taken it in. `counts` are its own, by its own names. */
  | { readonly state: 'confirmed'; readonly counts: Readonly<Record<string, number>> }
  /** The partner has not taken it in as it should have. */
  | {
      readonly state: 'doubtful';
      readonly code: string;
      readonly message: string;
      readonly hint: string;
      readonly counts: Readonly<Record<string, number>>;
    };

/** A segment as the configuration wants it at a partner that keeps a taxonomy. */
export interface SegmentTerms {
  readonly segmentId: string;
  readonly segmentName: string;
  /** Price per thousand impressions, as decimal text. */
  readonly priceCpm: string | null;
  readonly partnerReference: string | null;
}

/** A way in which the partner's taxonomy is not as the configuration wants it. */
export interface Difference {
  readonly segmentId: string;
  readonly kind: 'create' | 'rename' | 'price' | 'not_wanted';
  /** What the partner has; null when it has nothing. */
  readonly from: string | null;
  /** What it should have; null for a segment that nobody wants, which is told and left alone. */
  readonly to: string | null;
}

/** Segments and prices that a partner keeps apart from their members. */
export interface Taxonomy<S> {
  /** Reads only. Differences are sorted by segment. */
  plan(segments: readonly SegmentTerms[], settings: S, ctx: CheckCtx): Promise<readonly Difference[]>;
  /** Makes exactly these changes. Done twice, it changes nothing the second time. */
  apply(differences: readonly Difference[], segments: readonly SegmentTerms[], settings: S, ctx: CheckCtx): Promise<void>;
}

/** How hard a partner may be pressed, over all workers. */
export interface Limits {
  /** Runs that go there at once. */
  readonly concurrency: number;
  /** Runs that may begin in a minute; without it there is no such limit. */
  readonly startsPerMinute?: number | undefined;
}

export interface Destination<S = unknown> {
  /** Adapter name in aquarius.yaml: `liveramp-sftp`. */
  readonly type: string;
  /** Strict zod schema of the settings, with `.describe()` on each field; the literal `type` is part of it. */
  readonly settings: z.ZodType<S>;
  /** The settings with paths of this machine made absolute; relative ones begin at the data directory `home`. */
  placed?(settings: S, home: string): S;
  limits(settings: S): Limits;
  capabilities(settings: S): Capabilities;
  /** May read the PGP key, hence asynchronous. */
  layout(settings: S, secrets: Secrets): Promise<Layout>;
  /** Connects, logs in, and proves that a delivery could be made, leaving nothing behind. */
  check(settings: S, ctx: CheckCtx): Promise<void>;
  deliver(set: ReadableSet, settings: S, ctx: Ctx): Promise<Receipt>;
  /** What a person can do about each reason in a receipt, by its code. */
  readonly advice?: Readonly<Record<string, string>>;
  /** Asks what became of a delivery; partners that can be asked have it. */
  confirm?(receipt: Receipt, manifest: Manifest, settings: S, ctx: CheckCtx): Promise<Confirmation>;
  /** Null where the settings name no taxonomy. */
  taxonomy?(settings: S): Taxonomy<S> | null;
}
