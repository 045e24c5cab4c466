import { z } from 'zod';
import { destinationEntry } from '../../config/destination-entry.ts';
import type { Settings } from '../../config/settings.ts';
import { namedDestination } from '../../delivery/named-destination.ts';
import type { Capabilities } from '../../destinations/destination.ts';
import type { DestinationSchemaRow } from '../../shapes/config/config-fields.ts';

/** What an entry of DELIVERY_DESTINATIONS may say for each destination of aquarius.yaml. */
export function listDestinationSchemas(settings: Settings): readonly DestinationSchemaRow[] {
  return Object.keys(settings.destinations)
    .sort()
    .flatMap((name) => {
      const found = namedDestination(settings, name);
      if (found === null) return [];
      const capabilities = found.capabilities();
      const keepsPrices = found.taxonomy !== null;
      return [
        {
          DESTINATION: name,
          TYPE: found.type,
          IDENTIFIERS: [...capabilities.identifiers],
          ALLOW_IP: capabilities.allowIp,
          ALLOW_IPV6: capabilities.allowIpv6,
          REFRESH: [...capabilities.refresh],
          MIN_IDS: Math.max(capabilities.minRows, settings.policy.minAudience),
          TTL_DAYS: capabilities.ttlDays,
          MAX_TTL_DAYS: capabilities.maxTtlDays,
          KEEPS_PRICES: keepsPrices,
          CAN_REMOVE: capabilities.removes,
          SCHEMA: entrySchema(name, capabilities, { keepsPrices, floor: settings.policy.minAudience }),
        },
      ];
    });
}

type JsonSchema = Record<string, unknown>;

/** The schema of any entry, narrowed to what this destination takes. */
function entrySchema(
  name: string,
  capabilities: Capabilities,
  { keepsPrices, floor }: { readonly keepsPrices: boolean; readonly floor: number },
): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(destinationEntry, { io: 'input' }) as JsonSchema;
  const { ttlDays, priceCpm, ...fields } = schema.properties as Record<string, JsonSchema>;
  const types = capabilities.identifiers.filter((type) => type !== 'IP' || capabilities.allowIp);
  return {
    ...schema,
    properties: {
      ...fields,
      destination: { ...fields.destination, const: name },
      identifiers: { ...fields.identifiers, items: { type: 'string', enum: types }, uniqueItems: true },
      refresh: { ...fields.refresh, enum: capabilities.refresh },
      minIds: { ...fields.minIds, minimum: Math.max(floor, capabilities.minRows) },
      ...(capabilities.maxTtlDays === null ? {} : { ttlDays: { ...ttlDays, maximum: capabilities.maxTtlDays } }),
      ...(keepsPrices ? { priceCpm } : {}),
    },
  };
}
