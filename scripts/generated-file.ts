import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Writes a generated file; with `--check` on the command line only compares, and reports a stale one with exit code 1. */
export function settleGenerated(path: string, text: string): void {
  const current = existsSync(path) ? readFileSync(path, 'utf8') : null;
  if (current === text) return;
  if (process.argv.includes('--check')) {
    process.stderr.write(`${path} is stale: run \`npm run generate\`.\n`);
    process.exitCode = 1;
    return;
  }
  writeFileSync(path, text);
  process.stdout.write(`Wrote ${path}\n`);
}
