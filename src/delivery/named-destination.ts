import type { Settings } from '../config/settings.ts';
import type {
  Capabilities,
  CheckCtx,
  Confirmation,
  Ctx,
  Destination,
  Difference,
  Limits,
  ReadableSet,
  Receipt,
  Secrets,
  SegmentTerms,
} from '../destinations/destination.ts';
import { DESTINATIONS } from '../destinations/registry.ts';
import type { Layout } from '../format/layout.ts';
import type { Manifest } from '../format/manifest.ts';

/** A destination of aquarius.yaml: an adapter together with its settings, so that the engine needs to know neither. */
export interface NamedDestination {
  readonly name: string;
  readonly type: string;
  readonly limits: Limits;
  capabilities(): Capabilities;
  layout(secrets: Secrets): Promise<Layout>;
  check(ctx: CheckCtx): Promise<void>;
  deliver(set: ReadableSet, ctx: Ctx): Promise<Receipt>;
  /** What a person can do about each reason in a receipt, by its code. */
  readonly advice: Readonly<Record<string, string>>;
  /** Null for a partner that cannot be asked what became of a delivery. */
  readonly confirm: ((receipt: Receipt, manifest: Manifest, ctx: CheckCtx) => Promise<Confirmation>) | null;
  /** Null for a partner that keeps no taxonomy, or where the settings name none. */
  readonly taxonomy: NamedTaxonomy | null;
  /** Every secret reference in the settings. */
  readonly references: readonly string[];
}

export interface NamedTaxonomy {
  plan(segments: readonly SegmentTerms[], ctx: CheckCtx): Promise<readonly Difference[]>;
  apply(differences: readonly Difference[], segments: readonly SegmentTerms[], ctx: CheckCtx): Promise<void>;
}

/** Looks a destination up by its name; null when aquarius.yaml has none of that name. */
export function namedDestination(settings: Settings, name: string): NamedDestination | null {
  const own = Object.hasOwn(settings.destinations, name) ? settings.destinations[name] : undefined;
  const adapter = DESTINATIONS.find(({ type }) => type === own?.type);
  return own === undefined || adapter === undefined ? null : bind(name, adapter as Destination, own);
}

/** The settings have been checked by the adapter's own schema when aquarius.yaml was read. */
function bind<S>(name: string, adapter: Destination<S>, settings: S): NamedDestination {
  const taxonomy = adapter.taxonomy?.(settings) ?? null;
  const confirm = adapter.confirm?.bind(adapter);
  return {
    name,
    type: adapter.type,
    limits: adapter.limits(settings),
    capabilities: () => adapter.capabilities(settings),
    layout: (secrets) => adapter.layout(settings, secrets),
    check: (ctx) => adapter.check(settings, ctx),
    deliver: (set, ctx) => adapter.deliver(set, settings, ctx),
    advice: adapter.advice ?? {},
    confirm: confirm === undefined ? null : (receipt, manifest, ctx) => confirm(receipt, manifest, settings, ctx),
    taxonomy:
      taxonomy === null
        ? null
        : {
            plan: (segments, ctx) => taxonomy.plan(segments, settings, ctx),
            apply: (differences, segments, ctx) => taxonomy.apply(differences, segments, settings, ctx),
          },
    references: secretReferences(settings),
  };
}

function secretReferences(value: unknown): readonly string[] {
  if (typeof value === 'string') return /^(env|file):/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretReferences) : [];
}
