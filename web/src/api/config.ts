import { get, post, type Query } from './client.ts';

/** Calls of /api/config without the envelope that its answers come in. */

/** A page of rows. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Rows of all pages. */
  readonly total: number;
  /** What else to know, in words. */
  readonly warnings: readonly string[];
}

/** One thing. */
export interface Told<Data> {
  readonly data: Data;
  readonly warnings: readonly string[];
}

interface CallOptions {
  readonly query?: Query;
  readonly signal?: AbortSignal;
}

/** `name` is what stands after /api/config/. */
export async function listOf<Row>(name: string, options: CallOptions = {}): Promise<Page<Row>> {
  const { data, total, warnings } = await get<Told<readonly Row[]> & { readonly total: number }>(`/api/config/${name}`, options);
  return { rows: data, total, warnings };
}

export async function oneOf<Data>(name: string, options: CallOptions = {}): Promise<Told<Data>> {
  const { data, warnings } = await get<Told<Data>>(`/api/config/${name}`, options);
  return { data, warnings };
}

/** A change, or with a body that says `dry_run` what a change would do. */
export async function change<Data>(
  name: string,
  body: unknown,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Told<Data>> {
  const { data, warnings } = await post<Told<Data>>(`/api/config/${name}`, body, options);
  return { data, warnings };
}
