import { checkLayout } from '../check-layout.ts';
import type { Layout } from '../layout.ts';
import { type LiverampOptions, liverampLayout } from './liveramp-options.ts';

/**
 * LiveRamp's activation audience: a stable key, one identifier column named after its type, and a binary column named after the
 * segment. One file for each type, since an audience at LiveRamp has one identifier type for good. The header is not optional.
 */
export function activationLayout(options: LiverampOptions = {}): Layout {
  return checkLayout({
    ...liverampLayout(options),
    name: 'activation',
    columns: [
      { header: 'AUDIENCE_KEY', value: { kind: 'audienceKey' } },
      { header: '{identifierType}', value: { kind: 'identifier' } },
      { header: '{segmentId}', value: { kind: 'constant', text: '1' } },
    ],
    header: true,
    quoting: options.quoting ?? 'all',
    typeWords: { IDFA: 'IDFA', GAID: 'AAID', MAID: 'MAID', IP: 'IP', RAMPID: 'RAMPID', UID2: 'UID2', UUID2: 'UUID2' },
    filePer: 'identifierType',
    nameTemplate: options.nameTemplate ?? '{agencyId}_{advertiserId}_{segmentId}_{identifierType}_{date}_{runId}_{part}',
  });
}
