import { AquariusError, configError, rejectedError, transientError } from '../../errors.ts';

/** What a failed call was doing, for the message. */
export interface Attempt {
  /** The database file. */
  readonly database: string;
  /** The statement's text, without values; absent while opening. */
  readonly statement?: string;
}

type Rule = readonly [pattern: RegExp, make: (match: RegExpExecArray, attempt: Attempt) => AquariusError];

const FILE = /(?:file|at end of file|File) ['"]([^'"]+)['"]|file = (.+)/;

function unreadable(message: string, what: string): AquariusError {
  const found = FILE.exec(message);
  const file = found?.[1] ?? found?.[2];
  return rejectedError('unreadable_file', `${file ?? 'A data file'} cannot be read: ${what}.`, {
    hint: 'Check that the file is complete and in the format that its extension says, and get it again if it is not.',
  });
}

/** Failures that a person can act on, told by DuckDB's wording (it has no codes). The first that matches counts. */
const RULES: readonly Rule[] = [
  [
    /Could not set lock on file "([^"]+)"(?:: Conflicting lock is held in .*?\(PID (\d+)\))?/,
    (match) =>
      transientError('warehouse_locked', `${match[1]} is in use by ${match[2] ? `process ${match[2]}` : 'another process'}.`, {
        hint: 'Let that process finish, then try again.',
      }),
  ],
  [
    /same database file with a different configuration/,
    (_, { database }) =>
      transientError('warehouse_locked', `${database} is open in this process with other settings.`, {
        hint: 'Close the other use of the warehouse first.',
      }),
  ],
  [
    /in read-only mode: database does not exist/,
    (_, { database }) =>
      configError('warehouse_missing', `There is no warehouse at ${database}.`, {
        hint: '`aquarius load TABLE FILE…` makes it; or correct warehouse.path or the data directory (--home, AQUARIUS_HOME).',
      }),
  ],
  [
    /\(([^()]+\/[^()]+) used\)[\s\S]*max_temp_directory_size/,
    (match) =>
      transientError('disk_full', `Work that does not fit into memory needs more disk than it may take (${match[1]} used).`, {
        hint: 'Free space, set warehouse.tempDirectory to a larger disk, or raise warehouse.memoryLimit; warehouse.maxTempDirectorySize says how much may be taken.',
      }),
  ],
  [
    /[Nn]o space left on device|Disk quota exceeded/,
    (_, { database }) =>
      transientError('disk_full', `The disk is full; the warehouse ${database} needs room for its data and temporary files.`, {
        hint: 'Free space, or set warehouse.tempDirectory to a larger disk.',
      }),
  ],
  [
    /^(?:Out of Memory Error|std::bad_alloc)/,
    () =>
      transientError('warehouse_memory', 'The statement needs more memory than the warehouse may use.', {
        hint: 'Raise the memory limit, lower the number of threads, or give it a temporary directory with room.',
      }),
  ],
  [
    /not a valid DuckDB database file|Corrupt database file|Serialization Error|read a database file with version|^IO Error: Could not read from file "[^"]*": Is a directory/,
    (_, { database }) => corruptError(database),
  ],
  [
    /"([^"]+)": (?:Permission denied|Read-only file system|Operation not permitted)|^(?:EACCES|EPERM|EROFS): [^']*'([^']+)'/,
    (match) =>
      configError('warehouse_permission', `No permission to use ${match[1] ?? match[2]}.`, {
        hint: 'Give the user that runs Aquarius access to the file and its folder.',
      }),
  ],
  [
    /database has been invalidated/,
    (_, { database }) =>
      transientError('warehouse_stopped', `The warehouse ${database} stopped after a failure.`, {
        hint: 'Look for the first failure, then start again.',
      }),
  ],
  [
    /^TransactionContext Error: .*(?:[Cc]onflict|PRIMARY KEY or UNIQUE)/,
    () => transientError('warehouse_conflict', 'Another session changed the same rows at the same time.', { hint: 'Try again.' }),
  ],
  [
    /CSV Error on Line: (\d+)[\s\S]*?Expected Number of Columns: (\d+) Found: (\d+)/,
    (match) => unreadable(match.input, `line ${match[1]} has ${match[3]} columns instead of ${match[2]}`),
  ],
  [/CSV Error on Line: (\d+)[\s\S]*?not utf-8/, (match) => unreadable(match.input, `line ${match[1]} is not UTF-8`)],
  [
    /CSV Error on Line: (\d+)[\s\S]*?unterminated quote/,
    (match) => unreadable(match.input, `a quote opened on line ${match[1]} is never closed`),
  ],
  [/CSV Error on Line: (\d+)/, (match) => unreadable(match.input, `line ${match[1]} is not proper CSV`)],
  [/CSV Parser/, (match) => unreadable(match.input, 'it is not proper CSV, or mixes kinds of line ends')],
  [
    /JSON transform error in file "[^"]+", in line (\d+)/,
    (match) => unreadable(match.input, `line ${match[1]} is not a JSON object`),
  ],
  [
    /Malformed JSON in file "[^"]+".* in line (\d+)/,
    (match) => unreadable(match.input, `malformed JSON before line ${match[1]}`),
  ],
  [
    /magic bytes|too small to be a Parquet|Parquet file|GZIP|gzip/,
    (match) => unreadable(match.input, 'it is broken, cut short or in another format'),
  ],
  [
    /^IO Error: (?:No files found that match the pattern|Cannot open file) "([^"]+)"/,
    (match, { database }) =>
      match[1] === database
        ? configError('warehouse_missing', `There is no folder for the warehouse ${database}.`, { hint: 'Run `aquarius init`.' })
        : configError('files_missing', `There is no file ${match[1]}.`, { hint: 'Check the path.' }),
  ],
  [
    /Could not read enough bytes from file "([^"]+)"/,
    (match, { database }) => (match[1] === database ? corruptError(database) : unreadable(match.input, 'it is cut short')),
  ],
];

/** The file is not, or no longer, a DuckDB database. */
export function corruptError(database: string): AquariusError {
  return configError('warehouse_corrupt', `${database} is damaged, or not a DuckDB database of a version this program reads.`, {
    hint: 'Point the warehouse at another file, or restore this one from a copy.',
  });
}

/**
 * The error to throw for a failure of DuckDB. What nobody but us can mend becomes a plain `Error`. Its message never holds a
 * value: DuckDB quotes data in conversion, constraint and file errors, so only messages about SQL itself and about
 * files as a whole are kept.
 */
export function classify(error: unknown, attempt: Attempt): Error {
  if (error instanceof AquariusError) return error;
  const message = error instanceof Error ? error.message : String(error);
  for (const [pattern, make] of RULES) {
    const match = pattern.exec(message);
    if (match) return make(match, attempt);
  }
  const kind = /^([A-Za-z ]+ Error): /.exec(message)?.[1] ?? 'Error';
  const detail = /^(?:Parser|Catalog|Binder|IO) Error: (.*)/.exec(message)?.[1]?.replaceAll(/'[^']*'/g, "'…'");
  const words = attempt.statement?.trim().split(/\s+/).slice(0, 6).join(' ');
  return new Error([`DuckDB: ${kind}`, detail && `: ${detail}`, words && ` in \`${words} …\``].filter(Boolean).join(''));
}
