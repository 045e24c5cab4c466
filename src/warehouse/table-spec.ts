/**
 * What a column holds, whatever a warehouse calls it. Times are UTC; ids are text, so that none loses a digit. `device` is a device id
 * in the engine's most compact form, see `Dialect.deviceKey`; `code` is a number below 256. Only our own tables have these two.
 */
export type ColumnType = 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'timestamp' | 'json' | 'device' | 'code';

/** A column of the catalogue. */
export interface ColumnSpec {
  /** Its default physical name, in exact case. */
  readonly name: string;
  readonly type: ColumnType;
  readonly meaning: string;
  /** A live table and a loaded file must have it. The others may be absent; what needs them is then left out. */
  readonly required?: true;
  /** Rows where it is blank are refused when a file is loaded. */
  readonly notBlank?: true;
  /** Holds an identifier of a person: its values are never shown. */
  readonly sensitive?: true;
  /** What a new row has when nothing is given. */
  readonly default?: string | number | boolean;
}

/**
 * How fine a table's rows are: `row`, single events, members or records; `aggregated`, counts without identifiers, from which
 * nothing can be delivered; `reference`, names, mappings and settings.
 */
export type Grain = 'row' | 'aggregated' | 'reference';

/** A table of the catalogue. */
export interface TableSpec {
  /** Default schema and name. */
  readonly schema: string;
  readonly name: string;
  readonly meaning: string;
  readonly grain: Grain;
  /** The columns that tell its rows apart; empty where rows have no key. */
  readonly key: readonly string[];
  /** No two rows may share the key. */
  readonly unique?: true;
  /** A site may do without it; what needs it is then left out. */
  readonly optional?: true;
  /** For the warehouse room's own bookkeeping; never delivered from or loaded into. */
  readonly internal?: true;
  /** Made of other tables and to be made again at any time: an engine need not keep its past. */
  readonly derived?: true;
  /** What neighbouring rows should have in common, as expressions over the default columns, for engines that keep rows in such an order. */
  readonly clusterBy?: readonly string[];
  /** In files its columns are left as text: whoever reads it reports what is wrong, where a type would make it null. */
  readonly readAsText?: true;
  readonly columns: readonly ColumnSpec[];
}

type ColumnOptions = Omit<ColumnSpec, 'name' | 'type' | 'meaning'>;
type MakeColumn = (name: string, meaning: string, options?: ColumnOptions) => ColumnSpec;

function maker(type: ColumnType): MakeColumn {
  return (name, meaning, options = {}) => ({ name, type, meaning, ...options });
}

export const text: MakeColumn = maker('text');
export const integer: MakeColumn = maker('integer');
export const boolean: MakeColumn = maker('boolean');
export const date: MakeColumn = maker('date');
export const timestamp: MakeColumn = maker('timestamp');
export const json: MakeColumn = maker('json');
export const device: MakeColumn = maker('device');
export const code: MakeColumn = maker('code');

export const required = { required: true } as const;
/** Required, and an identifier of a person. */
export const requiredIdentifier = { required: true, sensitive: true } as const;
export const identifier = { sensitive: true } as const;
