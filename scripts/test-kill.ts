import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { systemClock } from '../src/lib/clock.ts';

/**
 * `npm run test:kill`: the long form of the tests that kill servers and workers while they deliver. `npm test` has the short one.
 * `-- --seed N` kills at the same places again, as far as the machine lets it.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '250' },
    deliveries: { type: 'string', default: '500' },
    seed: { type: 'string', default: String(systemClock.now().getTime() % 1_000_000) },
  },
});
const { kills, deliveries, seed } = values;
for (const [name, text] of Object.entries(values)) {
  if (/^\d+$/.test(text)) continue;
  process.stderr.write(`--${name} must be a whole number, and is ${text}.\n`);
  process.exit(64);
}
process.stdout.write(`${kills} kills and ${deliveries} deliveries; the same again: npm run test:kill -- --seed ${seed}\n`);
const { status } = spawnSync(
  process.execPath,
  ['scripts/test.ts', 'test/kill-server.test.ts', 'test/many-processes.test.ts', '--no-file-parallelism'],
  {
    stdio: 'inherit',
    env: { ...process.env, AQUARIUS_TEST_KILLS: kills, AQUARIUS_TEST_DELIVERIES: deliveries, AQUARIUS_TEST_SEED: seed },
  },
);
process.exit(status ?? 70);
