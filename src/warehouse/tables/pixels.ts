import { identifier, json, required, requiredIdentifier, type TableSpec, text, timestamp } from '../table-spec.ts';
import { consentSignals } from './consent-signals.ts';

export const pixelEvents: TableSpec = {
  schema: 'DERIVED_TABLES',
  name: 'WEBPIXEL_EVENTS',
  meaning: 'Events of pixels on advertisers’ sites, usually of the last days only.',
  grain: 'row',
  key: ['UUID'],
  optional: true,
  columns: [
    text('UUID', 'The event.'),
    text('AGENCY_ID', 'The agency; may be blank.', required),
    timestamp('EVENT_TIMESTAMP', 'When the event was.', required),
    timestamp('STAGING_SYS_TIMESTAMP', 'When the row came in; tells how fresh the feed is.'),
    text('PAGE_URL', 'The page; its host tells the advertiser.', required),
    text('EVENT_TYPE', '`site_visit`, `lead` (`submit_lead`), `purchase` (`sale`, `conversion`) or other.'),
    text('CONVERSION_VALUE', 'Value of the conversion, as text.'),
    text('CLIENT_IP', 'IP address; an identifier.', requiredIdentifier),
    text('IP', 'IP address where CLIENT_IP has none; an identifier.', identifier),
    text('CLIENT_REFERRER_URL', 'The page before.'),
    text('UTM_SOURCE', 'Campaign tag.'),
    text('UTM_MEDIUM', 'Campaign tag.'),
    text('UTM_CAMPAIGN', 'Campaign tag.'),
    text('TRAFFIC_SOURCE', 'Where the visit came from.'),
    text('TRAFFIC_MEDIUM', 'By what medium.'),
    json('ALL_PARAMETERS', 'All parameters of the pixel; may hold identifiers.', identifier),
    ...consentSignals,
  ],
};
