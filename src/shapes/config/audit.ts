import { z } from 'zod';
import { idParam, limitParam, offsetParam } from './envelope.ts';

/** Who changed which configuration, and the way back. */

export const auditLogQuery = z.strictObject({
  agency_id: idParam.optional().describe('only what concerns this agency'),
  advertiser_id: idParam.optional().describe('only what concerns this advertiser'),
  action: z
    .string()
    .regex(/^[a-zA-Z-]+\.[a-zA-Z-]+$/, 'must be an action, such as campaign.map')
    .optional()
    .describe('only this action, such as campaign.map'),
  limit: limitParam(25, 100),
  offset: offsetParam,
});

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const changedRow = z
  .strictObject({
    TABLE: z.string().describe('the table'),
    KEY: z.record(z.string(), z.string().nullable()).describe('the columns that tell the row apart'),
    KIND: z.enum(['added', 'removed', 'changed']).describe('what was done to the row'),
    COLUMNS: z
      .array(
        z.strictObject({
          COLUMN: z.string().describe('the column'),
          OLD: value.describe('its value before; null for none'),
          NEW: value.describe('its value since; null for none'),
          DERIVED: z.boolean().describe('the program keeps it up to date by itself'),
        }),
      )
      .describe('columns whose value changed; of a row that was added or removed those that are not empty'),
  })
  .meta({ id: 'ChangedRow', description: 'A row that a change wrote.' });

export const auditLogRow = z
  .strictObject({
    AUDIT_ID: z.string().describe('the entry; sorts by time'),
    AT: z.string().describe('when; ISO 8601, UTC'),
    ACTOR: z.string().describe('who'),
    ROLE: z.string().nullable().describe('in what role'),
    AGENCY_ID: z.string().describe('the agency'),
    ADVERTISER_IDS: z.array(z.string()).describe('the advertisers'),
    ACTION: z.string().describe('what was done, such as campaign.map'),
    REASON: z.string().nullable().describe('why, in their words'),
    REQUEST_ID: z.string().nullable().describe('names the request in the log'),
    UNDOES: z.string().nullable().describe('the entry that it took back'),
    UNDONE_BY: z.string().nullable().describe('the entry that took it back'),
    UNDOABLE: z.boolean().describe('it can be taken back now'),
    NOT_UNDOABLE_REASON: z.string().nullable().describe('why not, in words'),
    CHANGES: z.array(changedRow).describe('rows that it wrote, the first hundred'),
    CHANGE_COUNT: z.int().min(0).describe('rows that it wrote in all'),
  })
  .meta({ id: 'ConfigAuditEntry', description: 'A change of configuration or mappings.' });

export type AuditLogRow = z.infer<typeof auditLogRow>;

export const undoBody = z.strictObject({
  audit_id: z
    .string()
    .regex(/^[0-9a-z]{26}$/, 'must be the AUDIT_ID of an entry')
    .describe('the entry to be taken back'),
  agency_id: idParam.describe('the agency that it concerns'),
  reason: z.string().trim().min(1).max(500).describe('why, for the audit log'),
});

export const undoAnswer = z
  .strictObject({
    UNDONE: z.string().describe('the entry that was taken back'),
    AUDIT_ID: z
      .string()
      .nullable()
      .describe('the entry of the undoing, which can be taken back too; null when nothing had to be done'),
    ADVERTISERS: z
      .array(
        z.strictObject({
          ADVERTISER_ID: z.string().describe('an advertiser that it concerned'),
          CONFIG_VERSION: z.int().describe('the version of its row since'),
        }),
      )
      .describe('whose rows were written'),
  })
  .meta({ id: 'Undone', description: 'What was taken back.' });
