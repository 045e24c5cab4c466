// Exit code 0 when the server of this data directory answers. It is asked where its mark says that it listens.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const TIMEOUT_MS = 5_000;

try {
  const mark = JSON.parse(readFileSync(join(process.env.AQUARIUS_HOME ?? '.aquarius', 'serve.json'), 'utf8'));
  const answer = await fetch(new URL('/healthz', mark.url), { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`/healthz answers ${answer.status}`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
