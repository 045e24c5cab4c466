import { linesUnder, numberedMembers } from '../audience/member-lines.ts';
import { configError, rejectedError, transientError } from '../errors.ts';
import { headerLine } from '../format/header-line.ts';
import { inspectFile } from '../format/inspect-file.ts';
import { beforeLf } from '../format/line-end.ts';
import { lineSql } from '../format/line-sql.ts';
import type { ManifestFile } from '../format/manifest.ts';
import { type FileLines, type WarehousePart, warehouseParts } from '../format/warehouse-parts.ts';
import { type Sql, sql } from '../lib/sql.ts';
import { workTable } from '../reach/work-table.ts';
import type { Stage } from '../stage/stage.ts';
import type { Exporter, Session } from '../warehouse/warehouse.ts';
import type { LinesWork } from './pack-lines.ts';

/** Files that the warehouse writes into the stage by itself: no line of them passes through this program before it is sent. */

/** A file that the warehouse has written and nobody has looked at yet. */
export interface ExportedFile {
  readonly lines: FileLines;
  readonly part: WarehousePart;
}

/**
 * Has the warehouse write the lines into the stage, under `prefix`. Null where it cannot, and they have to be written here: a warehouse without
 * a stage in common with us, or a layout that it does not know.
 */
export async function exportLines(work: LinesWork, prefix: string): Promise<readonly ExportedFile[] | null> {
  const { engine, session, layout, context, runs, signal } = work;
  const { exporter } = session;
  if (exporter === undefined || engine.stage.adopt === undefined) return null;
  const identifierType = layout.filePer === 'identifierType' ? runs[0]?.type : undefined;
  const lines: FileLines = { runs, layout, context, identifierType };
  const parts = warehouseParts(lines, exporter.maxBytes);
  if (parts === null) return null;
  const members = parts.length === 1 ? null : await numbered(session, work);
  for (const part of parts) {
    const chosen = members === null ? work.members : rowsOf(members, part);
    const key = `${prefix}/${part.name}`;
    const { rows } = await exporter.write(textOf(work, lines, chosen), { key, compression: layout.compression }, { signal });
    const expected = part.to - part.from + (layout.header ? 1 : 0);
    if (rows !== expected) throw miscounted(part.name, rows, expected);
  }
  return parts.map((part) => ({ lines, part }));
}

/** Refuses to write where something is already: what is found there later must be this run's alone. */
export async function refuseUsedPrefix(stage: Stage, exporter: Exporter | undefined, prefix: string, signal: AbortSignal) {
  if (exporter === undefined || stage.adopt === undefined) return;
  const [first] = await stage.list(prefix, signal);
  if (first === undefined) return;
  throw rejectedError('stage_prefix_used', `The stage holds "${first.key}" already, which another run wrote there.`, {
    hint: 'Was the control store restored from a backup? Remove that folder from the stage, and run the delivery again.',
  });
}

/** Looks through a file that the warehouse has written, and records it as ours. */
export async function adoptFile(
  stage: Stage,
  prefix: string,
  { lines, part }: ExportedFile,
  signal: AbortSignal,
): Promise<ManifestFile> {
  let file: ManifestFile | undefined;
  const found = await stage.adopt?.(
    `${prefix}/${part.name}`,
    async (body) => {
      file = await inspectFile(body, lines, part, signal);
      return file.sha256;
    },
    signal,
  );
  if (found != null && file !== undefined) return file;
  throw configError('stage_elsewhere', `The warehouse wrote ${part.name}, and the stage does not hold it.`, {
    hint: 'The external stage must be over the bucket and the prefix of stage: `aquarius doctor` compares them.',
  });
}

function textOf({ session: { dialect } }: LinesWork, { layout, context, identifierType, runs }: FileLines, members: Sql): Sql {
  const types = runs.map(({ type }) => type);
  const header = layout.header ? `${headerLine(layout, context, identifierType)}${beforeLf(layout)}` : null;
  return linesUnder(header, dialect, members, types, (columns) => lineSql(dialect, layout, context, columns, types));
}

/** The members with their place in the files' order, which is found out once for all parts. */
function numbered(session: Session, { members, runs, signal }: LinesWork): Promise<Sql> {
  const types = runs.map(({ type }) => type);
  return workTable(session, 'numbered', numberedMembers(members, types), signal);
}

function rowsOf(members: Sql, { from, to }: WarehousePart): Sql {
  return sql`(SELECT * FROM ${members} WHERE row_no > ${from} AND row_no <= ${to})`;
}

function miscounted(name: string, rows: number, expected: number): Error {
  return transientError('export_damaged', `The warehouse wrote ${rows} lines into ${name} instead of ${expected}.`, {
    hint: 'Nothing of it was sent; the audience is cut again.',
  });
}
