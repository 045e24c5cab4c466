import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { fastFolder } from './test/support/fast-folder.ts';

// What tests make is gone with them.
process.env.TMPDIR ??= fastFolder();

/** Files that take minutes, the longest first: one that began last would be waited for alone. */
const LONG = [
  'delivery-faults',
  'web-pages',
  'web-admin',
  'web-advertisers',
  'web-actions',
  'web-advertisers-everybody',
  'web-advertisers-assigned',
  'ledger-postgres',
  'kill-server',
  'command-serve',
  'many-processes',
  'stage-s3-faults',
  'audience-oracle',
  'end-to-end',
  'packaging',
  'web-newcomer',
  'web-advertisers-delivery',
  'web-sign-in',
  'faults-outages',
  'sql-golden',
  'snowflake-session',
  'command-config',
  'snowflake-main-job',
  'web-discovery',
  'refresh-incremental',
  'demo-data',
  'command-forward',
  'new-destination',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const index = LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return index === -1 ? LONG.length : index;
    };
    return (await super.sort(files)).toSorted((left, right) => place(left) - place(right));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Real servers and databases on a shared machine: nothing here may depend on how fast something is.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 60_000 } },
    pool: 'forks',
    // One more than the processors that there are at least: much of the time servers and backoffs are waited for.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
  },
});
