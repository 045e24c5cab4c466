import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aquarius, type CliResult } from './cli.ts';

/** A directory with settings and data of its own, driven through the command line as a person would. */
export interface Project extends Disposable {
  readonly folder: string;
  path(name: string): string;
  write(name: string, text: string): string;
  /** Rows as JSON lines, a file of their own. */
  writeRows(name: string, rows: readonly Readonly<Record<string, unknown>>[]): string;
  run(...args: readonly string[]): Promise<CliResult>;
  /** Runs and fails the test unless it ends well. */
  done(...args: readonly string[]): Promise<CliResult>;
  readonly env: Record<string, string>;
}

/** A new project, with all that another one has but its settings: to load data again takes longer than to copy it. */
export function makeProject(settings: string, copied?: Project): Project {
  const folder = mkdtempSync(join(tmpdir(), 'aquarius-project-'));
  if (copied !== undefined) cpSync(copied.folder, folder, { recursive: true });
  const env: Record<string, string> = {};
  const path = (name: string): string => join(folder, name);
  const write = (name: string, text: string): string => {
    mkdirSync(join(path(name), '..'), { recursive: true });
    writeFileSync(path(name), text);
    return path(name);
  };
  write('aquarius.yaml', settings);
  const run = (...args: readonly string[]): Promise<CliResult> => aquarius(args, { cwd: folder, env });
  return {
    folder,
    path,
    write,
    writeRows: (name, rows) => write(name, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`),
    run,
    async done(...args) {
      const result = await run(...args);
      if (result.code !== 0)
        throw new Error(`aquarius ${args.join(' ')} ended with ${result.code}:\n${result.stdout}\n${result.stderr}`);
      return result;
    },
    env,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The n-th device of a made-up world, canonical. */
export function device(n: number): string {
  const hex = n.toString(16).padStart(8, '0');
  return `a${hex.slice(1)}-0000-4000-8000-0000${hex}`;
}

export interface ImpressionOptions {
  readonly at: string;
  readonly type?: 'IDFA' | 'GAID';
  readonly dspAdvertiser?: string;
  readonly insertionOrder?: string;
}

/** A row of AD_IMPRESSION_LOG_V2. */
export function impression(deviceId: string, options: ImpressionOptions): Record<string, unknown> {
  return {
    AGENCY_ID: '1480',
    DSP_PLATFORM_TYPE: 21,
    DSP_ADVERTISER_ID: options.dspAdvertiser ?? 'D1',
    INSERTION_ORDER_ID: options.insertionOrder ?? 'IO1',
    LINE_ITEM_ID: 'LI1',
    USER_IP_FROM_HTTP_REQUEST: null,
    DEVICE_ID_RAW: deviceId,
    DEVICE_TYPE: options.type ?? 'GAID',
    AUCTION_TIMESTAMP: options.at,
  };
}

/** A mapping of a DSP advertiser to an advertiser of agency 1480. */
export function mapping(advertiser: string, dspAdvertiser = 'D1'): Record<string, unknown> {
  return {
    MAPPING_ID: Number(advertiser),
    AGENCY_ID: '1480',
    DSP_PLATFORM_TYPE: '21',
    DSP_ADVERTISER_ID: dspAdvertiser,
    INSERTION_ORDER_ID: null,
    LINE_ITEM_ID: null,
    QUORUM_ADVERTISER_ID: advertiser,
  };
}
