import type { Taxonomy } from '../../destination.ts';
import type { WithTaxonomy } from './settings.ts';

/** The Trade Desk's third-party taxonomy: an element for each segment, and its data rate. */
export const ttdTaxonomy: Taxonomy<WithTaxonomy> = {
  plan: async (segments, own, ctx) => (await import('./plan.ts')).planTaxonomy(segments, own, ctx),
  apply: async (differences, segments, own, ctx) => (await import('./apply.ts')).applyTaxonomy(differences, segments, own, ctx),
};
