import type { FIGURES } from './figures.ts';

const REPEATED =
  'Lines that cannot be read, or are there twice. Compare `text` in the settings with the set-up of your account; with Avro, ask the partner with the job id.';

/** What a person can do about the reasons of a receipt. Partner's figures: Troubleshooting BSS Uploads. */
export const advice: Readonly<
  Record<(typeof FIGURES)[number] | 'uuid2_out_of_range' | 'identifier_not_taken' | 'unexplained', string>
> = {
  num_invalid_format: REPEATED,
  num_invalid_user:
    'Ids that the partner has not seen, or has forgotten. A share of them is usual; if it grows, look at the age of the audience.',
  num_invalid_segment: 'The partner does not know the segment any more. Check partnerReference, or make the segment anew.',
  num_invalid_timestamp: "The partner could not use the members' times. Set timestamp: cut, and check the clock of this machine.",
  num_unauth_segment: 'The seat may not load users into this segment. Ask its owner, or the partner, for access.',
  num_past_expiration: 'Members had expired when they arrived. Set timestamp: cut, or a longer ttlDays.',
  num_inactive_segment: 'The segment is switched off at the partner. Make it active there.',
  num_other_error: 'The partner gives no reason. Ask it with the job id.',
  uuid2_out_of_range: 'Ids above 9223372036854775807 do not fit into Avro. Use format: text for them.',
  identifier_not_taken: 'Identifiers of a type that does not go there with these settings. Check identifiers and format.',
  unexplained: "The partner's figures account for fewer rows than were sent. Ask it with the job id.",
};
