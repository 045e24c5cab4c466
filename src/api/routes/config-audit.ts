import { changedRows } from '../../admin/audit-diff.ts';
import { type ConfigAuditEntry, listAudit } from '../../admin/audit-entries.ts';
import { undoChange } from '../../admin/undo-change.ts';
import { undoObstacle } from '../../admin/undo-obstacle.ts';
import { type AuditLogRow, auditLogQuery, auditLogRow, undoAnswer, undoBody } from '../../shapes/config/audit.ts';
import { configList, configWrite } from '../config-route.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';

/** Rows of one entry that are told. */
const MOST_ROWS = 100;

/** Who changed which configuration, and the way back. */
export function configAuditRoutes(api: Api, deps: ApiDeps): void {
  configList(
    api,
    deps,
    {
      path: '/api/config/audit-log',
      tag: 'Configuration',
      summary: 'Changes of configuration and mappings, newest first',
      description: 'Each with the columns that changed, what they were and are, and whether it can be taken back.',
      query: auditLogQuery,
      row: auditLogRow,
    },
    async (admin, { advertiser_id: advertiserId, action, limit, offset }) => {
      const { entries, total } = await listAudit(admin, { advertiserId, action, limit, offset });
      const rows: AuditLogRow[] = [];
      for (const entry of entries) rows.push(auditRow(entry, await undoObstacle(admin, entry)));
      const warnings = admin.catalogue.table('CONFIG_AUDIT_LOG').exists
        ? []
        : [
            'There is no CONFIG_AUDIT_LOG, so nothing can be changed here either; `aquarius doctor` prints the statement that creates it.',
          ];
      return { rows, total, warnings };
    },
  );

  configWrite(
    api,
    deps,
    {
      path: '/api/config/undo',
      tag: 'Configuration',
      summary: 'Take a change back',
      description:
        'Rows become what they were before the change, which is a change of its own. What somebody has changed since is left alone: 409.',
      body: undoBody,
      data: undoAnswer,
    },
    async (admin, { audit_id: id }) => {
      const { result, auditId, configs } = await undoChange(admin, id);
      const advertisers = configs.map(({ advertiserId, configVersion }) => ({
        ADVERTISER_ID: advertiserId,
        CONFIG_VERSION: configVersion,
      }));
      return { data: { UNDONE: result.undone, AUDIT_ID: auditId, ADVERTISERS: advertisers } };
    },
  );
}

function auditRow(entry: ConfigAuditEntry, obstacle: string | null): AuditLogRow {
  const { id, at, actor, role, agencyId, advertiserIds, action, reason, requestId, undoes, undoneBy } = entry;
  const rows = changedRows(entry.changes);
  return {
    AUDIT_ID: id,
    AT: at,
    ACTOR: actor,
    ROLE: role,
    AGENCY_ID: agencyId,
    ADVERTISER_IDS: [...advertiserIds],
    ACTION: action,
    REASON: reason,
    REQUEST_ID: requestId,
    UNDOES: undoes,
    UNDONE_BY: undoneBy,
    UNDOABLE: obstacle === null,
    NOT_UNDOABLE_REASON: obstacle,
    CHANGES: rows.slice(0, MOST_ROWS),
    CHANGE_COUNT: rows.length,
  };
}
