import type { Catalogue } from '../warehouse/catalogue.ts';
import type { SchemaProblem } from '../warehouse/check-schema.ts';
import { TABLES } from '../warehouse/tables.ts';

/** How the tables differ from the catalogue, with the optional columns that a table lacks told together. */
export function schemaFindings(catalogue: Catalogue): readonly SchemaProblem[] {
  const problems = catalogue.problems();
  const told = new Map<SchemaProblem, SchemaProblem | null>();
  for (const spec of TABLES) {
    const table = catalogue.table(spec.name);
    if (!table.exists) continue;
    const absent = spec.columns.filter(({ name, required }) => !required && !table.has(name)).map(({ name }) => name);
    const paths = new Set(absent.map((name) => `${spec.name}.${name}`));
    const ofAbsent = problems.filter(({ severity, path }) => severity === 'info' && paths.has(path));
    if (ofAbsent.length < 2) continue;
    const names = ofAbsent.map(({ path }) => path.slice(spec.name.length + 1));
    for (const problem of ofAbsent) told.set(problem, null);
    told.set(ofAbsent[0] as SchemaProblem, {
      ...(ofAbsent[0] as SchemaProblem),
      column: null,
      statement: null,
      path: spec.name,
      message: `There are no columns ${names.join(', ')}; what needs them is left out.`,
      hint: `${table.readOnly ? 'Write them into the files' : 'Add them'}, or give their names under columns: in aquarius.yaml; docs/tables.md says what they mean.`,
    });
  }
  return problems.flatMap((problem) => {
    const instead = told.get(problem);
    return instead === undefined ? [problem] : instead === null ? [] : [instead];
  });
}
