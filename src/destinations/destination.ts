import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Layout } from '../format/layout.ts';
import type { Manifest, ManifestFile } from '../format/manifest.ts';
import type { IdentifierType } from '../identity/identifier-type.ts';
import type { Clock } from '../lib/clock.ts';

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
  /**
   * Awaited right before a file gets its final name: rejects when this worker has lost the run to another one, and then nothing more
   * may be published.
   */
  readonly fence: () => Promise<void>;
  /** Told what the partner has acknowledged, in bytes over all files of the set. */
  readonly onProgress?: (bytes: number) => void;
}

/** What a check is given: it publishes nothing, so it needs no fence. */
export type CheckCtx = Omit<Ctx, 'fence' | 'onProgress'>;

export interface ReadableFile extends ManifestFile {
  /** Opens the staged bytes. May be called again for another try. */
  open(signal?: AbortSignal): Promise<Readable>;
}

/** A staged set as a destination sees it. */
export interface ReadableSet {
  readonly manifest: Manifest;
  readonly files: readonly ReadableFile[];
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

/** What the partner said. accepted + rejected = rows of the set. */
export interface Receipt {
  readonly accepted: number;
  readonly rejected: number;
  /** Rejected rows by the partner's reason. */
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
  limits(settings: S): Limits;
  capabilities(settings: S): Capabilities;
  /** May read the PGP key, hence asynchronous. */
  layout(settings: S, secrets: Secrets): Promise<Layout>;
  /** Connects, logs in, and proves that a delivery could be made, leaving nothing behind. */
  check(settings: S, ctx: CheckCtx): Promise<void>;
  deliver(set: ReadableSet, settings: S, ctx: Ctx): Promise<Receipt>;
}
