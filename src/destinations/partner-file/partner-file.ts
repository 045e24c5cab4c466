import { resolve as absolute } from 'node:path';
import type { Capabilities, Destination } from '../destination.ts';
import { parseExpression } from './column-expression.ts';
import { partnerLayout } from './partner-layout.ts';
import { type PartnerFileSettings, resolve, settings } from './settings.ts';

/** Delimited files for any partner, from configuration. */
export const partnerFile: Destination<PartnerFileSettings> = {
  type: 'partner-file',
  settings,
  placed,
  limits: ({ limits }) => limits,
  capabilities,
  layout: async (own, secrets) =>
    partnerLayout(resolve(own).form, own.pgpPublicKey === undefined ? undefined : await secrets(own.pgpPublicKey)),
  // Loaded where it is used: most commands read settings and never connect.
  check: async (own, ctx) => (await import('./deliver.ts')).checkPartnerFile(own, ctx),
  deliver: async (set, own, ctx) => (await import('./deliver.ts')).deliverPartnerFile(set, own, ctx),
};

function placed(own: PartnerFileSettings, home: string): PartnerFileSettings {
  const { via, presetFile } = own;
  return {
    ...own,
    via: via.type === 'folder' ? { ...via, path: absolute(home, via.path) } : via,
    ...(presetFile === undefined ? {} : { presetFile: absolute(home, presetFile) }),
  };
}

function capabilities(own: PartnerFileSettings): Capabilities {
  const { form } = resolve(own);
  const { allowIp, allowIpv6 } = own;
  const kinds = new Set(
    form.columns.map(({ value }) => parseExpression(value)).map((value) => ('kind' in value ? value.kind : null)),
  );
  // Only a row that says what is to be done with its member can take it away; a set that replaces holds everyone anyway.
  const isIncremental = form.semantics === 'add' && kinds.has('action');
  return {
    identifiers: form.identifiers.filter((type) => type !== 'IP' || allowIp),
    allowIp,
    allowIpv6,
    minRows: form.minRows,
    refresh: isIncremental ? ['full', 'incremental'] : ['full'],
    removes: isIncremental,
    optOuts: false,
    ttlDays: form.expiryDays ?? null,
    maxTtlDays: kinds.has('expiresAt') ? form.maxExpiryDays : null,
  };
}
