import type { App } from '../app.ts';
import type { NamedTaxonomy } from '../delivery/named-destination.ts';
import type { Difference, SegmentTerms } from '../destinations/destination.ts';
import { configError } from '../errors.ts';
import { segmentTerms } from '../schedule/segment-terms.ts';
import { checkCtx } from './check-ctx.ts';
import { knownDestination } from './known-destination.ts';
import { openProgress } from './progress.ts';
import { counted } from './table.ts';

/** How a partner's taxonomy differs from the configuration, with what is needed to make it alike. */
export interface TaxonomyPlan {
  readonly segments: readonly SegmentTerms[];
  readonly differences: readonly Difference[];
  /** What could not be known, in sentences. */
  readonly notes: readonly string[];
}

/** The taxonomy of a destination; one without is a `config` error `no_taxonomy`. */
export function taxonomyOf({ settings }: Pick<App, 'settings'>, name: string): NamedTaxonomy {
  const { taxonomy, type } = knownDestination(settings, name);
  if (taxonomy !== null) return taxonomy;
  throw configError('no_taxonomy', `The destination ${name} (${type}) keeps no segments and prices of its own.`, {
    hint: '`aquarius destinations` shows which ones do. One of type ttd-api does with taxonomy: in aquarius.yaml; the others take a segment with its members.',
  });
}

/** Compares what the configuration wants at a destination with what is there. Changes nothing. */
export async function makeTaxonomyPlan(app: App, name: string, showProgress: boolean): Promise<TaxonomyPlan> {
  const taxonomy = taxonomyOf(app, name);
  const progress = openProgress(showProgress);
  try {
    progress.step(`reading what ${name} has`);
    const { segments, ofSplit, unknownSplit, mistaken } = await segmentTerms(app, name);
    const differences = await taxonomy.plan(segments, checkCtx(app));
    const notes = [
      ofSplit > 0 && `${counted(ofSplit, 'segment')} of split audiences: those that have been sent, or tried.`,
      unknownSplit > 0 && `${counted(unknownSplit, 'split audience')} without a run yet: which segments there are is not known.`,
      mistaken > 0 &&
        `${counted(mistaken, 'advertiser')} left out for mistakes in the configuration: \`aquarius config validate\` tells them.`,
    ].filter((note) => note !== false);
    return { segments, differences, notes };
  } finally {
    progress.clear();
  }
}
