import { IDENTIFIER_TYPES, type IdentifierType } from '../../identity/identifier-type.ts';
import type { Preset } from './form.ts';

/** A partner's form with every choice made. */
export type Form = Omit<Preset, 'sftp' | 'identifiers'> &
  Required<
    Pick<
      Preset,
      'columns' | 'delimiter' | 'quoting' | 'lineEnd' | 'finalNewline' | 'header' | 'extension' | 'compression' | 'filePer'
    >
  > &
  Required<Pick<Preset, 'nameTemplate' | 'fields' | 'idCase' | 'semantics' | 'maxExpiryDays' | 'minRows'>> & {
    readonly identifiers: readonly IdentifierType[];
    readonly typeWords: Readonly<Record<IdentifierType, string>>;
    readonly actionWords: { readonly add: string; readonly remove: string };
  };

const OWN_NAMES = Object.fromEntries(IDENTIFIER_TYPES.map((type) => [type, type])) as Record<IdentifierType, string>;
const EXTENSIONS = { comma: '.csv', semicolon: '.csv', tab: '.tsv', pipe: '.psv' } as const;
const MAX_EXPIRY_DAYS = 3650;

/**
 * Puts the user's own settings over the preset, and the preset over what is usual. Words and fields are put together one by one, all
 * else is taken whole. Without columns there is no form: null.
 */
export function resolveForm(own: Preset, preset: Preset): Form | null {
  const chosen = { ...preset, ...present(own) };
  const { columns } = chosen;
  if (columns === undefined) return null;
  const delimiter = chosen.delimiter ?? 'comma';
  const filePer = chosen.filePer ?? 'segment';
  return {
    ...chosen,
    columns,
    delimiter,
    filePer,
    quoting: chosen.quoting ?? 'minimal',
    lineEnd: chosen.lineEnd ?? 'lf',
    finalNewline: chosen.finalNewline ?? true,
    header: chosen.header ?? true,
    extension: chosen.extension ?? EXTENSIONS[delimiter],
    compression: chosen.compression ?? 'none',
    nameTemplate: chosen.nameTemplate ?? usualName(filePer),
    identifiers: chosen.identifiers ?? IDENTIFIER_TYPES,
    semantics: chosen.semantics ?? 'add',
    maxExpiryDays: chosen.maxExpiryDays ?? MAX_EXPIRY_DAYS,
    minRows: chosen.minRows ?? 1,
    fields: { ...preset.fields, ...own.fields },
    idCase: { ...preset.idCase, ...own.idCase },
    typeWords: { ...OWN_NAMES, ...preset.typeWords, ...own.typeWords },
    actionWords: {
      add: own.actionWords?.add ?? preset.actionWords?.add ?? 'ADD',
      remove: own.actionWords?.remove ?? preset.actionWords?.remove ?? 'REMOVE',
    },
  };
}

function usualName(filePer: 'segment' | 'identifierType'): string {
  const type = filePer === 'identifierType' ? '_{identifierType}' : '';
  return `{agencyId}_{advertiserId}_{segmentId}${type}_{date}_{runId}_{part}`;
}

function present(settings: Preset): Preset {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
