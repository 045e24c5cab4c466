import type { IdentifierType } from '../identity/identifier-type.ts';

/**
 * A layout declares a partner's file: columns, order, delimiter, quoting, header, names, limits. It is data. It is compiled to SQL,
 * so that the warehouse writes the bytes, and interpreted by a plain TypeScript writer that is its oracle.
 */

/** How an identifier's letters are written for the partner. */
export type LetterCase = 'upper' | 'lower';

/** What a column holds. */
export type ColumnValue =
  /** The identifier, rendered by the layout's `idCase`. */
  | { readonly kind: 'identifier' }
  /** The identifier's type, in the partner's word for it. */
  | { readonly kind: 'identifierType'; readonly words: Partial<Record<IdentifierType, string>> }
  | { readonly kind: 'segmentId' }
  | { readonly kind: 'segmentName' }
  /** The newest exposure. */
  | { readonly kind: 'lastSeen'; readonly format: 'iso-seconds' | 'unix-seconds' }
  /** A stable key of the person's device: SHA-256 (hex) of the canonical identifier. */
  | { readonly kind: 'audienceKey' }
  | { readonly kind: 'constant'; readonly text: string };

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
   * non-empty value. Both double the quotes inside.
   */
  readonly quoting: 'minimal' | 'all';
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
   * File name without extension. Fields: `{agencyId} {advertiserId} {segmentId} {destination} {identifierType} {slot} {date} {runId} {part}`.
   * `{runId}` is required, `{identifierType}` where each type has its file, `{part}` where an audience can need several files.
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
  /** When the run was planned; gives `{date}`. */
  readonly plannedAt: Date;
}
