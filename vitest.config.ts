import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { fastFolder } from './test/support/fast-folder.ts';

// What tests make is gone with them.
process.env.TMPDIR ??= fastFolder();

/** Files that take minutes, the longest first: one that began last would be waited for alone. */
const LONG = [
  'delivery-faults',
  'kill-server',
  'end-to-end',
  'faults-outages',
  'command-forward',
  'ledger-postgres',
  'web-advertisers-everybody',
  'web-advertisers-assigned',
  'web-advertisers',
  'many-processes',
  'web-admin',
  'demo-data',
  'end-to-end-s3',
  'audience-oracle',
  'sql-golden',
  'snowflake-session',
  'warehouse-snowflake',
  'snowflake-server',
  'refresh-incremental',
  'reach-crash',
  'reach-refresh',
  'command-reach',
  'web-pages',
  'web-discovery',
  'web-advertisers-delivery',
  'web-sign-in',
  'admin-campaigns',
  'sftp-large',
  'stage-s3-faults',
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
