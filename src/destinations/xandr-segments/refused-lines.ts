import type { IdentifierType } from '../../identity/identifier-type.ts';
import type { Identifier } from '../destination.ts';
import type { Separators } from './separators.ts';
import { DOMAIN_CODES } from './text-encoding.ts';

const REASON = /^num_[a-z_]+-/;

const TYPES = new Map(Object.entries(DOMAIN_CODES).map(([type, code]) => [code, type as IdentifierType]));

/**
 * Members that the partner lists as refused, of a job with a text file: it quotes our line after the name of the figure. It lists 200
 * lines at most, 999 on request. How it quotes records of an Avro file is not documented, so those are not read.
 */
export function refusedMembers(log: string, { separator1, separator5 }: Separators): readonly Identifier[] {
  return log.split('\n').flatMap((text) => {
    const line = text.trim();
    const reason = REASON.exec(line)?.[0];
    if (reason === undefined) return [];
    const [value] = line.slice(reason.length).split(separator1, 1);
    const code = /^\d+/.exec(line.slice(line.lastIndexOf(separator5) + 1))?.[0];
    const type = line.includes(separator5) ? TYPES.get(code ?? '') : 'UUID2';
    return value === undefined || value === '' || type === undefined ? [] : [{ type, value }];
  });
}
