import { z } from 'zod';
import { limitParam, offsetParam } from './envelope.ts';

/** What an editor of configurations needs to explain itself. */

export const configFieldsQuery = z.strictObject({ limit: limitParam(100, 100), offset: offsetParam });

export const configFieldRow = z
  .strictObject({
    FIELD: z.string().describe('the parameter of POST /api/config/update-config'),
    COLUMN: z.string().describe('the column'),
    KIND: z.enum(['choice', 'flag', 'number', 'text', 'list', 'cadence', 'destinations']).describe('how it is edited'),
    LABEL: z.string().describe('its name for people'),
    MEANING: z.string().describe('what it does, in a sentence'),
    VALUES: z
      .array(
        z.strictObject({
          value: z.string().describe('the word'),
          meaning: z.string().describe('what it does'),
        }),
      )
      .nullable()
      .describe('the words to choose from; null where it is no choice'),
    LIST: z.string().nullable().describe('the endpoint that lists what to choose from; null where there is none'),
    DEFAULT: z.union([z.string(), z.number(), z.boolean()]).nullable().describe('what holds where nothing was said'),
    MINIMUM: z.int().nullable().describe('the least; null where there is none'),
    MAXIMUM: z.int().nullable().describe('the most; the longest for a text; null where there is none'),
    NULL_MEANS: z.string().nullable().describe('what an empty value does, in words; null where none may be empty'),
    INFORMATIONAL: z.string().nullable().describe('set where the value has no effect: why'),
    DERIVED: z.boolean().describe('follows from what is assigned and cannot contradict it'),
    PRESENT: z.boolean().describe('the table at this site has the column'),
  })
  .meta({ id: 'ConfigField', description: 'A column that people set, explained.' });

export type ConfigFieldRow = z.infer<typeof configFieldRow>;

export const destinationSchemasQuery = z.strictObject({ limit: limitParam(100, 500), offset: offsetParam });

export const destinationSchemaRow = z
  .strictObject({
    DESTINATION: z.string().describe('the name in aquarius.yaml'),
    TYPE: z.string().describe('the adapter'),
    IDENTIFIERS: z.array(z.string()).describe('identifier types that it takes with its settings'),
    ALLOW_IP: z.boolean().describe('IP addresses may go there'),
    ALLOW_IPV6: z.boolean().describe('IPv6 addresses may be among them'),
    REFRESH: z.array(z.enum(['full', 'incremental'])).describe('ways in which a segment can be kept up to date'),
    MIN_IDS: z.int().describe('fewest identifiers of a segment there, by policy and partner'),
    TTL_DAYS: z.int().nullable().describe('days that it keeps a member which is not sent again; null keeps them for good'),
    MAX_TTL_DAYS: z.int().nullable().describe('the largest ttlDays of an entry; null takes none'),
    KEEPS_PRICES: z.boolean().describe('segments have a price there (priceCpm)'),
    CAN_REMOVE: z.boolean().describe('single members can be taken away there'),
    SCHEMA: z
      .record(z.string(), z.unknown())
      .describe('JSON Schema of an entry of DELIVERY_DESTINATIONS for it, with defaults and words'),
  })
  .meta({ id: 'DestinationSchema', description: 'What an entry of DELIVERY_DESTINATIONS may say for a destination.' });

export type DestinationSchemaRow = z.infer<typeof destinationSchemaRow>;

export const cadencePreviewQuery = z.strictObject({
  cadence: z.string().max(200).describe('DAILY, WEEKLY, MONTHLY, or CRON with five fields and TZ=zone'),
  next: z.coerce.number().int().min(1).max(50).default(3).describe('how many times, 1 to 50'),
});

export const cadencePreview = z
  .strictObject({
    valid: z.boolean().describe('whether it can be read'),
    cadence: z.string().nullable().describe('as it would be stored; null when it cannot be read'),
    words: z.string().nullable().describe('what it means'),
    zone: z.string().nullable().describe('the zone that its times are in; null when it cannot be read'),
    next: z
      .array(
        z.strictObject({
          slot: z.string().describe('the scheduled period'),
          due_at: z.string().describe('when it is due; ISO 8601, UTC'),
          due_local: z.string().describe('the same in the zone of the cadence, with its offset'),
        }),
      )
      .describe('the next times'),
    problem: z
      .union([
        z.strictObject({
          message: z.string().describe('what is wrong'),
          hint: z.string().nullable().describe('what to write instead'),
        }),
        z.null(),
      ])
      .describe('why it cannot be read'),
  })
  .meta({ id: 'CadencePreview', description: 'A cadence in words and times.' });

export type CadencePreview = z.infer<typeof cadencePreview>;
