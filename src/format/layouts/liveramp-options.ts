import type { Layout } from '../layout.ts';

/** What a destination's settings may choose about a LiveRamp layout; what is left out keeps the layout's default. */
export interface LiverampOptions {
  /** Default `none`. */
  readonly compression?: 'none' | 'gzip' | undefined;
  /** Armored OpenPGP public key. */
  readonly pgpPublicKey?: string | undefined;
  readonly quoting?: 'minimal' | 'all' | undefined;
  readonly nameTemplate?: string | undefined;
  readonly maxRows?: number | undefined;
  /** Before compression. */
  readonly maxBytes?: number | undefined;
  readonly minRows?: number | undefined;
}

/** What both LiveRamp layouts share. The limits are those published for the United States; other regions set a lower `maxRows`. */
export function liverampLayout(options: LiverampOptions) {
  return {
    delimiter: '|',
    idCase: { IDFA: 'upper', GAID: 'lower', MAID: 'lower' },
    extension: '.psv',
    compression: options.compression ?? 'none',
    ...(options.pgpPublicKey === undefined ? {} : { pgpPublicKey: options.pgpPublicKey }),
    finalNewline: true,
    limits: {
      maxRows: options.maxRows ?? 500_000_000,
      maxBytes: options.maxBytes ?? 50_000_000_000,
      minRows: options.minRows ?? 25,
      maxRowCharacters: 10_000,
      maxNameCharacters: 250,
    },
  } as const satisfies Partial<Layout>;
}
