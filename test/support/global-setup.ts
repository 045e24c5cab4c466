import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of a private PostgreSQL server, one for the whole run. */
    postgresUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { startPostgres } = await import('./postgres.ts');
  const [server] = await Promise.all([startPostgres(), buildPages()]);
  project.provide('postgresUrl', server.url);
  return () => server.stop();
}

/**
 * Makes the build of the pages unless it is there: all files that need one would each make it at the same time, at a low priority beside
 * busy tests. One that fails is told by those files.
 */
async function buildPages(): Promise<void> {
  const [{ openLog }, { startPages }, { BUILD_CACHE }] = await Promise.all([
    import('../../src/lib/log.ts'),
    import('../../src/serve/web/pages.ts'),
    import('../../src/serve/web/source-hash.ts'),
  ]);
  const { signal } = new AbortController();
  await startPages({ caches: [BUILD_CACHE], log: openLog('silent'), signal, onBuilding: () => {} }).ready;
}
