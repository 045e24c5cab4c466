import type { AdvertiserDetail } from '../../../../../src/shapes/config/advertiser-detail.ts';
import { CopyText } from '../../../components/copy-text.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Section } from '../../../components/section.tsx';

/** By what the advertiser is known, to be copied. */
export function Ids({ detail: { config, pixel_macro: macro } }: { readonly detail: AdvertiserDetail }) {
  const { AGENCY_ID: agencyId, ADVERTISER_ID: advertiserId, CLIENT_IDENTIFIER: client } = config;
  return (
    <Section title="Ids">
      <Facts
        facts={[
          { name: 'Agency', value: <CopyText value={agencyId} what="the agency's id" /> },
          { name: 'Advertiser', value: <CopyText value={advertiserId} what="the advertiser's id" /> },
          { name: 'Pixel macro', value: <CopyText value={macro} what="the pixel macro" /> },
          ...(client === null
            ? []
            : [{ name: "Client's identifier", value: <CopyText value={client} what="the client's identifier" /> }]),
        ]}
      />
    </Section>
  );
}
