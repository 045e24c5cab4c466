import { spawnSync } from 'node:child_process';

/** Makes every generated file anew; with `--check` only says which are stale, and exits 1. */
const SCRIPTS = [
  'generate-tables-doc.ts',
  'generate-config-schema.ts',
  'generate-cli-doc.ts',
  'generate-api-doc.ts',
  'generate-contract-doc.ts',
];

const failed = SCRIPTS.filter(
  (script) => spawnSync(process.execPath, [`scripts/${script}`, ...process.argv.slice(2)], { stdio: 'inherit' }).status !== 0,
);
if (failed.length > 0) process.exit(1);
