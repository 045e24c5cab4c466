import { checkLayout } from '../check-layout.ts';
import type { Layout } from '../layout.ts';
import { type LiverampOptions, liverampLayout } from './liveramp-options.ts';

interface EventLogOptions extends LiverampOptions {
  /** Default true. */
  readonly header?: boolean | undefined;
  /** Default `iso-seconds`. */
  readonly timestampFormat?: 'iso-seconds' | 'unix-seconds' | undefined;
}

const WORDS = { IDFA: 'IDFA', GAID: 'GAID', MAID: 'MAID', IP: 'IP', RAMPID: 'RAMPID', UID2: 'UID2', UUID2: 'UUID2' } as const;

/** The long form: a row for each identifier, four columns, all types in one file. */
export function eventLogLayout(options: EventLogOptions = {}): Layout {
  return checkLayout({
    ...liverampLayout(options),
    name: 'event-log',
    columns: [
      { header: 'DEVICE_ID', value: { kind: 'identifier' } },
      { header: 'DEVICE_TYPE', value: { kind: 'identifierType', words: WORDS } },
      { header: 'SEGMENT_ID', value: { kind: 'segmentId' } },
      { header: 'TIMESTAMP', value: { kind: 'lastSeen', format: options.timestampFormat ?? 'iso-seconds' } },
    ],
    header: options.header ?? true,
    quoting: options.quoting ?? 'minimal',
    typeWords: WORDS,
    filePer: 'segment',
    nameTemplate: options.nameTemplate ?? '{agencyId}_{advertiserId}_{segmentId}_{date}_{runId}_{part}',
  });
}
