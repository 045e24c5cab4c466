import { configError } from '../../errors.ts';
import { rejectionsCsv, rejectionsShape } from '../../shapes/rejections.ts';
import { rejectionsOf } from '../../shapes/rejections-of.ts';
import { currentIo } from '../io.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { counted, formatCount, renderTable } from '../table.ts';

/** Tells why a partner refused rows of a run. */
export async function showRejections(id: string, options: GlobalOptions & { readonly csv?: boolean }): Promise<void> {
  const { run, rejections } = await withApp(options, 'ledger', async ({ ledger, settings }) => {
    const found = await ledger.runById(id);
    if (found === null) throw configError('run_unknown', `There is no run ${id}.`, { hint: '`aquarius runs` lists them.' });
    return { run: found, rejections: rejectionsOf(settings, found) };
  });
  if (options.json === true) printJson(rejectionsShape(run, rejections));
  else if (options.csv === true) currentIo().stdout(rejectionsCsv(rejections));
  else if (run.receipt === null) print(`Run ${run.id} is ${run.state}: the partner has said nothing yet.`);
  else if (rejections.length === 0)
    print(`The partner refused nothing of run ${run.id}; it took ${counted(run.receipt.accepted, 'row')}.`);
  else {
    print(
      `The partner refused ${counted(run.receipt.rejected, 'row')} of run ${run.id} and took ${formatCount(run.receipt.accepted)}.\n`,
    );
    print(
      renderTable(rejections, [
        { title: 'ROWS', value: ({ rows }) => formatCount(rows) },
        { title: 'REASON', value: ({ reason }) => reason },
        { title: 'WHAT TO DO', value: ({ advice }) => advice ?? 'Ask the partner what it means.' },
      ]),
    );
  }
}
