import type { DropReason } from './identifier-type.ts';

/** The one text by which an identifier is compared, stored and hashed; or why it is not delivered. */
export type Canonical = { readonly value: string } | { readonly reason: DropReason };
