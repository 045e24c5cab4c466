import { existsSync, readFileSync } from 'node:fs';
import { CONTRACT } from '../test/contract/cases.ts';
import { CONTRACT_PAGE, contractPage, proofsOf } from './contract-doc.ts';
import { settleGenerated } from './generated-file.ts';

/**
 * docs/contract-tests.md without running anything: the cases as they are listed now, with the proofs that the page has and that are still
 * there. Proofs come to it by `npm run generate:contract-tests`.
 */

const holds = (id: string, file: string): boolean => existsSync(file) && readFileSync(file, 'utf8').includes(id);

const current = existsSync(CONTRACT_PAGE) ? readFileSync(CONTRACT_PAGE, 'utf8') : '';
const proofs = [...proofsOf(current)].flatMap(([id, files]): [string, string[]][] => {
  const left = files.filter((file) => holds(id, file));
  return left.length === 0 ? [] : [[id, left]];
});
settleGenerated(CONTRACT_PAGE, contractPage(CONTRACT, new Map(proofs)));
