import { isIP } from 'node:net';
import { configError, type Problem } from '../../errors.ts';
import { hostOf, registrableDomain } from '../../pixel/domains.ts';

/** Which hosts can belong to an advertiser. */

export interface UsableHost {
  readonly host: string;
  /** Its registrable domain. */
  readonly domain: string;
}

export interface UnusableHost {
  readonly code: 'no_host' | 'ip_address' | 'single_label' | 'public_suffix';
  readonly message: string;
}

/** Names that mean something only inside one network. */
const INSIDE = ['localhost', 'local', 'internal', 'invalid'];
const LABELS = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

/** Reads a host or URL in any spelling. */
export function readHost(text: string): UsableHost | UnusableHost {
  const host = hostOf(text);
  if (host === null) return { code: 'no_host', message: 'is no host or URL' };
  if (isIP(host.replaceAll(/^\[|\]$/g, '')) !== 0)
    return { code: 'ip_address', message: 'is an address of the network, not a domain' };
  if (!LABELS.test(host)) return { code: 'no_host', message: 'is no host: it has characters that no host has' };
  const labels = host.split('.');
  if (labels.length === 1) return { code: 'single_label', message: `is a single name (${host}), not a domain` };
  if (INSIDE.includes(labels.at(-1) ?? ''))
    return { code: 'single_label', message: `is a name inside a network (${host}), not a domain` };
  const domain = registrableDomain(host);
  if (domain === null) return { code: 'public_suffix', message: `is shared by many owners (${host})` };
  return { host, domain };
}

/** What is wrong with it, as a problem of a request's field. */
export function hostProblem(path: string, { code, message }: UnusableHost): Problem {
  const hint =
    code === 'public_suffix' ? 'Name the site below it, such as ace.co.uk or ace.myshopify.com.' : 'Name a host such as ace.com.';
  return { path, message, hint };
}

/** The host, or a `config` error `domain_invalid` about the field of the request's body. */
export function requireHost(text: string, field: string): UsableHost {
  const read = readHost(text);
  if ('host' in read) return read;
  const problem = hostProblem(`body.${field}`, read);
  throw configError('domain_invalid', `This ${read.message}.`, {
    problems: [problem],
    ...(problem.hint === undefined ? {} : { hint: problem.hint }),
  });
}
