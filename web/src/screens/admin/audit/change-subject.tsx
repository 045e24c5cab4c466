import { Fragment } from 'react';
import type { AuditLogRow } from '../../../../../src/shapes/config/audit.ts';
import { TextLink } from '../../../components/links.tsx';

const SHOWN = 5;

/** The advertisers that a change concerns, each with a link to its page. */
export function ChangeSubject({ entry: { AGENCY_ID: agencyId, ADVERTISER_IDS: ids } }: { readonly entry: AuditLogRow }) {
  return (
    <>
      Agency {agencyId}
      {ids.slice(0, SHOWN).map((advertiserId) => (
        <Fragment key={advertiserId}>
          {', '}
          <TextLink underline="always" to="/advertisers/$agencyId/$advertiserId" params={{ agencyId, advertiserId }}>
            advertiser {advertiserId}
          </TextLink>
        </Fragment>
      ))}
      {ids.length > SHOWN && ` and ${ids.length - SHOWN} more`}
    </>
  );
}
