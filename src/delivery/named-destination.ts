import type { Settings } from '../config/settings.ts';
import type {
  Capabilities,
  CheckCtx,
  Ctx,
  Destination,
  Limits,
  ReadableSet,
  Receipt,
  Secrets,
} from '../destinations/destination.ts';
import { DESTINATIONS } from '../destinations/registry.ts';
import type { Layout } from '../format/layout.ts';

/** A destination of aquarius.yaml: an adapter together with its settings, so that the engine needs to know neither. */
export interface NamedDestination {
  readonly name: string;
  readonly type: string;
  readonly limits: Limits;
  capabilities(): Capabilities;
  layout(secrets: Secrets): Promise<Layout>;
  check(ctx: CheckCtx): Promise<void>;
  deliver(set: ReadableSet, ctx: Ctx): Promise<Receipt>;
  /** Every secret reference in the settings. */
  readonly references: readonly string[];
}

/** Looks a destination up by its name; null when aquarius.yaml has none of that name. */
export function namedDestination(settings: Settings, name: string): NamedDestination | null {
  const own = Object.hasOwn(settings.destinations, name) ? settings.destinations[name] : undefined;
  const adapter = DESTINATIONS.find(({ type }) => type === own?.type);
  return own === undefined || adapter === undefined ? null : bind(name, adapter as Destination, own);
}

/** The settings have been checked by the adapter's own schema when aquarius.yaml was read. */
function bind<S>(name: string, adapter: Destination<S>, settings: S): NamedDestination {
  return {
    name,
    type: adapter.type,
    limits: adapter.limits(settings),
    capabilities: () => adapter.capabilities(settings),
    layout: (secrets) => adapter.layout(settings, secrets),
    check: (ctx) => adapter.check(settings, ctx),
    deliver: (set, ctx) => adapter.deliver(set, settings, ctx),
    references: secretReferences(settings),
  };
}

function secretReferences(value: unknown): readonly string[] {
  if (typeof value === 'string') return /^(env|file):/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretReferences) : [];
}
