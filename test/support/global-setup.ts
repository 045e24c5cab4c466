import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of a private PostgreSQL server, one for the whole run. */
    postgresUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { startPostgres } = await import('./postgres.ts');
  const server = await startPostgres();
  project.provide('postgresUrl', server.url);
  return () => server.stop();
}
