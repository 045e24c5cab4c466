import type { App } from '../../app.ts';
import { namedDestination } from '../../delivery/named-destination.ts';
import type { DestinationsOutput } from '../../shapes/destination-shapes.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { counted, renderTable } from '../table.ts';

type Row = DestinationsOutput['destinations'][number];

export async function listDestinations(options: GlobalOptions): Promise<void> {
  const rows = await withApp(options, 'ledger', destinationRows);
  if (options.json === true) printJson({ destinations: rows } satisfies DestinationsOutput);
  else if (rows.length === 0) print('No destinations. Write one under destinations: in aquarius.yaml.');
  else print(table(rows));
}

/** Every destination, as it is configured and as the ledger has seen it. */
async function destinationRows({ settings, ledger }: App): Promise<readonly Row[] & DestinationsOutput['destinations']> {
  const states = new Map((await ledger.destinations()).map((state) => [state.name, state]));
  return Object.keys(settings.destinations).flatMap((name) => {
    const destination = namedDestination(settings, name);
    if (destination === null) return [];
    const { type, limits, taxonomy } = destination;
    const { identifiers, refresh, minRows, ttlDays, maxTtlDays } = destination.capabilities();
    const state = states.get(name);
    return {
      name,
      type,
      limits: { concurrency: limits.concurrency, startsPerMinute: limits.startsPerMinute ?? null },
      breaker: state?.breaker ?? ('closed' as const),
      failures: state?.failures ?? 0,
      openedAt: state?.openedAt ?? null,
      openUntil: state?.openUntil ?? null,
      errorCode: state?.errorCode ?? null,
      errorMessage: state?.errorMessage ?? null,
      identifiers: [...identifiers],
      refresh: [...refresh],
      minRows,
      ttlDays,
      maxTtlDays,
      taxonomy: taxonomy !== null,
    };
  });
}

function table(rows: readonly Row[]): string {
  return renderTable(rows, [
    { title: 'NAME', value: ({ name }) => name },
    { title: 'ADAPTER', value: ({ type }) => type },
    { title: 'TAKES', value: ({ identifiers }) => identifiers.join(' ') },
    { title: 'KEEPS', value: ({ ttlDays }) => (ttlDays === null ? 'for good' : counted(ttlDays, 'day')) },
    { title: 'TAXONOMY', value: ({ taxonomy }) => (taxonomy ? 'yes' : '') },
    { title: 'BREAKER', value: breakerText },
  ]);
}

function breakerText({ breaker, openUntil, errorCode, failures }: Row): string {
  const why = errorCode === null ? '' : `: ${errorCode}`;
  if (breaker === 'open') return `open until ${openUntil?.slice(0, 16).replace('T', ' ') ?? ''} UTC${why}`;
  if (breaker === 'probing') return `probing${why}`;
  return failures === 0 ? 'closed' : `closed, ${counted(failures, 'failure')}${why}`;
}
