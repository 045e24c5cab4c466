import { Text } from '@mantine/core';
import type { AgencyHealth } from '../../../../../src/shapes/config/health.ts';
import { Count } from '../../../components/count.tsx';
import type { Column } from '../../../components/data-table.tsx';
import { TextLink } from '../../../components/links.tsx';
import { StateBadge } from '../../../components/state-badge.tsx';
import { counted, wordsOf } from '../../../lib/format.ts';
import { AGENCY_LOOKS, CELL_LOOKS, CELL_WORDS, CELLS } from './agency-look.ts';
import classes from './health.module.css';

/** `nameOf` names an agency. */
export function agencyColumns(nameOf: (agencyId: string) => string): readonly Column<AgencyHealth>[] {
  return [
    {
      id: 'agency',
      header: 'Agency',
      cell: ({ AGENCY_ID: id, ADVERTISERS: advertisers }) => (
        <>
          <TextLink to="/advertisers" search={{ agency: id }}>
            {nameOf(id)}
          </TextLink>
          <Text size="xs" c="dimmed">
            {counted(advertisers, 'active advertiser')}
          </Text>
        </>
      ),
    },
    {
      id: 'overall',
      header: 'On the whole',
      cell: ({ OVERALL: overall, NOT_CHECKED: unknown }) => (
        <>
          <StateBadge {...AGENCY_LOOKS[overall]} />
          {unknown.length > 0 && (
            <Text size="xs" c="var(--aq-bad)">
              not checked: {unknown.map((what) => wordsOf(what).toLowerCase()).join(', ')}
            </Text>
          )}
        </>
      ),
    },
    { id: 'cells', header: 'What there is', cell: ({ CELLS: cells }) => <Cells cells={cells} /> },
    { id: 'findings', header: 'What is wrong', cell: ({ FINDINGS: findings }) => <Findings findings={findings} /> },
    {
      id: 'unmapped',
      header: 'Unmapped',
      align: 'right',
      wide: true,
      cell: ({ UNMAPPED: unmapped, AGENCY_ID: agency }) =>
        unmapped === null ? (
          'not counted'
        ) : (
          <TextLink to="/discovery" search={{ agency, panel: 'impressions' }}>
            <Count value={unmapped} />
          </TextLink>
        ),
    },
    {
      id: 'deliveries',
      header: 'Deliveries',
      wide: true,
      cell: ({ DELIVERIES: deliveries, AGENCY_ID: agency }) =>
        deliveries === null ? (
          'not checked'
        ) : (
          <>
            <TextLink to="/deliveries" search={{ agency }}>
              {deliveries.ON} on
            </TextLink>
            {deliveries.LATE + deliveries.FAILED + deliveries.BLOCKED > 0 && (
              <Text size="xs" c="var(--aq-warn)">
                {[
                  [deliveries.LATE, 'late'],
                  [deliveries.FAILED, 'failed'],
                  [deliveries.BLOCKED, 'blocked'],
                ]
                  .filter(([count]) => count !== 0)
                  .map(([count, what]) => `${count} ${what}`)
                  .join(', ')}
              </Text>
            )}
          </>
        ),
    },
  ];
}

/** Each is there, is not there, or was not looked at. */
function Cells({ cells }: { readonly cells: AgencyHealth['CELLS'] }) {
  return (
    <ul className={classes.cells}>
      {CELLS.map((name) => {
        const { tone, icon, words } = CELL_LOOKS[cells[name]];
        return (
          <li key={name}>
            <StateBadge tone={tone} icon={icon} words={`${CELL_WORDS[name]}: ${words}`} />
          </li>
        );
      })}
    </ul>
  );
}

const TONES = { CRITICAL: 'var(--aq-bad)', HIGH: 'var(--aq-warn)', MEDIUM: 'inherit', LOW: 'dimmed' } as const;

function Findings({ findings }: { readonly findings: AgencyHealth['FINDINGS'] }) {
  if (findings.length === 0) return 'Nothing of what was looked at';
  return (
    <ul className={classes.findings}>
      {findings.map(({ CODE: code, SEVERITY: severity, MESSAGE: message }) => (
        <li key={`${code} ${message}`}>
          <Text span size="sm" fw={600} c={TONES[severity]}>
            {wordsOf(severity)}:
          </Text>{' '}
          {message}
        </li>
      ))}
    </ul>
  );
}
