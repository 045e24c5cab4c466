import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Client } from '../users/client.ts';
import type { Principal } from './principal.ts';

/** What a request carries besides itself. */
export interface ApiEnv {
  readonly Bindings: {
    /** The server listens on a loopback address. */
    readonly loopback: boolean;
    /** Aborted when the server closes: what streams must end. */
    readonly closing: AbortSignal;
    /** The other end of the connection. */
    readonly remoteAddress: string | undefined;
  };
  readonly Variables: {
    readonly requestId: string;
    readonly client: Client;
    /** Set on every route that is not public. */
    readonly principal: Principal;
  };
}

export type Api = OpenAPIHono<ApiEnv>;
