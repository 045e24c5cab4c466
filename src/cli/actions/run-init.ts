import { resolve } from 'node:path';
import { initProject } from '../../config/init.ts';
import { currentIo } from '../io.ts';
import { type GlobalOptions, print, printJson } from '../session.ts';

export async function runInit(dir: string, options: GlobalOptions): Promise<void> {
  const files = await initProject(resolve(currentIo().cwd, dir));
  if (options.json === true) {
    printJson({ files });
    return;
  }
  print(
    [
      ...files.map((file) => `Wrote ${file}`),
      '',
      'Next:',
      '  1. Name your partner under destinations: in aquarius.yaml, and put its secrets where it says.',
      '  2. aquarius doctor                              checks everything and sends nothing',
      '  3. aquarius load ad_impression_log_v2 FILE...   loads impressions (docs/tables.md has every table)',
      '  4. aquarius config import FILE.csv              says who gets what',
      '  5. aquarius plan, then aquarius deliver',
    ].join('\n'),
  );
}
