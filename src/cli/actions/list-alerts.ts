import type { Alert } from '../../ledger/alert.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { renderTable } from '../table.ts';

const MOST = 200;

export async function listAlerts(options: GlobalOptions & { readonly all?: boolean }): Promise<void> {
  const alerts = await withApp(options, 'ledger', ({ ledger }) =>
    ledger.alerts({ limit: MOST, ...(options.all === true ? {} : { state: 'firing' as const }) }),
  );
  if (options.json === true) printJson({ alerts, more: alerts.length === MOST });
  else print(alerts.length === 0 ? 'Nothing is wrong.' : table(alerts));
}

function table(alerts: readonly Alert[]): string {
  return renderTable(alerts, [
    { title: 'SINCE (UTC)', value: ({ firedAt }) => firedAt.slice(0, 16).replace('T', ' ') },
    { title: 'STATE', value: ({ state }) => state },
    { title: 'KIND', value: ({ kind }) => kind },
    { title: 'WHAT', value: ({ message }) => message },
  ]);
}
