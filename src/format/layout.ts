import type { IdentifierType } from '../identity/identifier-type.ts';

/**
 * A layout declares a partner's file: columns, order, delimiter, quoting, header, names, limits. It is data. It is compiled to SQL,
 * so that the warehouse writes the bytes, and interpreted by a plain TypeScript writer that is its oracle.
 */

/** How an identifier's letters are written for the partner. */
export type LetterCase = 'upper' | 'lower';

export type HashName = 'md5' | 'sha1' | 'sha256';

export type TimeFormat = 'iso-seconds' | 'unix-seconds';

/** An identifier as a column holds it. Only device ids have a letter case and hyphens to choose. */
export interface IdentifierValue {
  readonly kind: 'identifier';
  /** Types that the column is for; it is empty for others. Absent: all. */
  readonly only?: readonly IdentifierType[] | undefined;
  /** Goes before the layout's `idCase`. */
  readonly letterCase?: LetterCase | undefined;
  readonly hyphens?: false | undefined;
  /** Lower-case hexadecimal hash of the identifier as it would stand there without it. */
  readonly hash?: HashName | undefined;
}

/** What a column holds. */
export type ColumnValue =
  | IdentifierValue
  /** The identifier's type, in the partner's word for it. */
  | { readonly kind: 'identifierType'; readonly words: Partial<Record<IdentifierType, string>> }
  | { readonly kind: 'segmentId' }
  | { readonly kind: 'segmentName' }
  /** The newest exposure. */
  | { readonly kind: 'lastSeen'; readonly format: TimeFormat }
  /** When the partner shall forget the member: so many days after the run was planned, where the delivery does not ask for others. */
  | { readonly kind: 'expiresAt'; readonly format: TimeFormat; readonly days: number }
  /** What the partner shall do with the member, in its own words. A file whose action has none is refused. */
  | { readonly kind: 'action'; readonly words: Partial<Record<'add' | FileAction, string>> }
  /** What is the same in the whole file. */
  | { readonly kind: 'context'; readonly field: ContextField }
  /** A stable key of the person's device: SHA-256 (hex) of the canonical identifier. */
  | { readonly kind: 'audienceKey' }
  | { readonly kind: 'constant'; readonly text: string };

export type ContextField = 'agencyId' | 'advertiserId' | 'destination' | 'slot' | 'runId';

export interface LayoutColumn {
  /**
   * Header text. `{identifierType}` stands for the file's one type in the layout's word, `{segmentId}` for the segment's id.
   */
  readonly header: string;
  readonly value: ColumnValue;
}

export interface Layout {
  readonly name: string;
  readonly columns: readonly LayoutColumn[];
  readonly delimiter: '|' | ',' | '\t' | ';';
  /**
   * `minimal` quotes a value that holds a quote or any delimiter that a layout could have, not only its own; `all` quotes every
   * non-empty value. Both double the quotes inside. `none` never quotes, and refuses a value that would need it.
   */
  readonly quoting: 'minimal' | 'all' | 'none';
  /** Absent: LF. */
  readonly lineEnd?: 'lf' | 'crlf' | undefined;
  readonly header: boolean;
  readonly idCase: Partial<Record<IdentifierType, LetterCase>>;
  /** Words for `{identifierType}` in headers and file names, such as GAID → AAID. */
  readonly typeWords: Partial<Record<IdentifierType, string>>;
  /** One file for all types, or one file for each. */
  readonly filePer: 'segment' | 'identifierType';
  /** With the dot: `.psv`. */
  readonly extension: string;
  readonly compression: 'none' | 'gzip';
  /** Armored OpenPGP public key to encrypt to after compression. */
  readonly pgpPublicKey?: string;
  /** At the end of the last line: LiveRamp and most partners take a final LF. */
  readonly finalNewline: boolean;
  /**
   * File name without extension. Fields: `{agencyId} {advertiserId} {segmentId} {destination} {identifierType} {slot} {runId} {part}`, of
   * the time of planning `{date} {date:compact} {timestamp} {timestamp:iso} {timestamp:unix}`, and of the content before compression
   * `{md5} {sha256}`. `{runId}` is required, or a timestamp with a checksum; `{identifierType}` where each type has its file, and
   * `{part}` where an audience can need several files, unless there is a checksum.
   */
  readonly nameTemplate: string;
  readonly limits: {
    /** Rows in a file, header not counted. */
    readonly maxRows: number;
    /** Bytes of a file before compression. */
    readonly maxBytes: number;
    /** Rows a file needs at least; fewer rows are not written. */
    readonly minRows: number;
    /** Characters in a row. */
    readonly maxRowCharacters: number;
    /** Characters in a file name, with all its extensions. */
    readonly maxNameCharacters: number;
  };
}

/** One row of a file, before rendering. `value` is canonical (see identity/). */
export interface Membership {
  readonly type: IdentifierType;
  readonly value: string;
  readonly lastSeen: Date;
}

/** What every row of one file has in common. */
export interface FileContext {
  readonly agencyId: string;
  readonly advertiserId: string;
  readonly segmentId: string;
  readonly segmentName: string;
  readonly destination: string;
  readonly slot: string;
  readonly runId: string;
  /** When the run was planned; gives `{date}`, `{timestamp}` and the time of expiry. */
  readonly plannedAt: Date;
  /** What the partner shall do with the members of the file; absent: add them. */
  readonly action?: FileAction | undefined;
  /** Days that the delivery wants its members kept; null or absent: as the layout says. */
  readonly ttlDays?: number | null | undefined;
}

/** What a partner is asked to do with members other than to add them. */
export type FileAction = 'remove' | 'optOut';
