import type { TaxonomyPlanOutput } from '../../shapes/destination-shapes.ts';
import { type GlobalOptions, print, printJson, readSettings, withApp } from '../session.ts';
import { makeTaxonomyPlan, taxonomyOf } from '../taxonomy-plan.ts';
import { countKinds, taxonomyPlanText } from '../taxonomy-text.ts';

export async function planTaxonomy(name: string, options: GlobalOptions): Promise<void> {
  // Before the warehouse is opened, which a mistyped name has no need of.
  taxonomyOf(await readSettings(options), name);
  const plan = await withApp(options, 'read', (app) => makeTaxonomyPlan(app, name, options.json !== true));
  if (options.json !== true) {
    print(taxonomyPlanText(name, plan));
    return;
  }
  const { segments, differences, notes } = plan;
  printJson({
    destination: name,
    segments: segments.length,
    counts: countKinds(differences),
    differences: [...differences],
    notes: [...notes],
  } satisfies TaxonomyPlanOutput);
}
