/** What is known of who sends a request. */
export interface Client {
  readonly address: string | null;
  /** The browser, as it names itself. */
  readonly name: string | null;
  /** The header Cookie. */
  readonly cookie: string | null;
}

/** The header by which we tell the library from where a request comes; clients cannot set it, since no header of theirs is passed on. */
export const ADDRESS_HEADER = 'x-aquarius-address';

const LONGEST_NAME = 300;

/** Headers for the library: these and no others of the client's. */
export function headersOf({ address, name, cookie }: Client): Headers {
  const headers = new Headers();
  if (address !== null) headers.set(ADDRESS_HEADER, address);
  if (name !== null) headers.set('user-agent', name.slice(0, LONGEST_NAME));
  if (cookie !== null) headers.set('cookie', cookie);
  return headers;
}
