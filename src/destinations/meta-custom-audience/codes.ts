import { AquariusError, type AquariusErrorDetails, type ErrorKind } from '../../errors.ts';

/** What can go wrong at Meta, by our codes: what it is, and what a person can do about it. */

interface Meaning {
  readonly kind: ErrorKind;
  /** Completes "Meta ...". */
  readonly says: string;
  readonly hint: string;
}

export const MEANINGS = {
  meta_token: {
    kind: 'config',
    says: 'refuses the access token',
    hint: 'It has expired or was withdrawn. Make a new one for the system user, and put it where accessToken refers to.',
  },
  meta_app_secret: {
    kind: 'config',
    says: 'refuses the proof made with the app secret',
    hint: 'appSecret must be the secret of the app that the access token was made for; apps may also require it.',
  },
  meta_permission: {
    kind: 'config',
    says: 'does not permit this',
    hint: 'Give the system user ads_management, and the task of managing campaigns on the ad account.',
  },
  meta_terms: {
    kind: 'config',
    says: 'has no accepted Custom Audience terms for the ad account',
    hint: 'Somebody who owns the ad account must accept them at business.facebook.com/ads/manage/customaudiences/tos.',
  },
  meta_object_missing: {
    kind: 'config',
    says: 'finds nothing there, or does not show it to this token',
    hint: 'Check adAccountId and partnerReference, and that the system user has been given the ad account and the audience.',
  },
  meta_audience_gone: {
    kind: 'config',
    says: 'has deleted the audience, or it is no longer shared with the ad account',
    hint: "Put another audience's id into partnerReference, or take it out and set createAudience.",
  },
  meta_audience_blocked: {
    kind: 'rejected',
    says: 'has blocked uploads into the audience',
    hint: 'Its name or description suggests what its terms forbid. Appeal or correct it in Audience Manager, or use a new audience.',
  },
  meta_abusive: {
    kind: 'config',
    says: 'has stopped this app or account for abuse',
    hint: "Deliver nothing more until the account quality page of Business Manager, or Meta's support, has cleared it.",
  },
  meta_parameter: {
    kind: 'config',
    says: 'does not understand the call',
    hint: "Check graphVersion, baseUrl, dataSource and the limited data use settings against Meta's documentation of today.",
  },
  meta_refused: {
    kind: 'rejected',
    says: 'refuses the call',
    hint: "Look the code up in the error reference of the Marketing API, or give the trace to Meta's support.",
  },
  meta_session: {
    kind: 'transient',
    says: 'broke off the upload session each time',
    hint: 'It is tried again. Somebody else may be replacing the same audience; such a session stays open for about 90 minutes.',
  },
  meta_too_large: {
    kind: 'transient',
    says: 'or a proxy before it does not take the body, however small',
    hint: 'It is tried again. If it stays, let proxies on the way pass POST and DELETE with a body.',
  },
  meta_short: {
    kind: 'transient',
    says: 'took in fewer members than were sent',
    hint: 'The same batch is sent again.',
  },
  meta_failure: {
    kind: 'transient',
    says: 'failed, or gave an answer that cannot be read',
    hint: 'It is tried again. If it stays, look at metastatus.com, and make batchSize smaller.',
  },
  meta_throttled: {
    kind: 'transient',
    says: 'asks for a pause',
    hint: 'It is tried again when Meta allows it. Fewer deliveries at once (limits), or the higher access tier, help.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

export type MetaCode = keyof typeof MEANINGS;

/** The error for a code; `what` is what it is about: `the audience 238...`. */
export function metaFailure(code: MetaCode, what: string, details: Omit<AquariusErrorDetails, 'hint'> = {}): AquariusError {
  const { kind, says, hint } = MEANINGS[code];
  return new AquariusError(kind, code, `Meta ${says}: ${what}.`, { ...details, hint });
}

/** What else `deliver` and `confirm` say: rejected rows, audiences that are named wrongly, and what Meta made of a delivery. */
export const OTHER_ADVICE = {
  invalid_entry: 'Meta could not read these ids. It does not say which; check how they come into the warehouse, and hashing.',
  meta_no_audience: "Set partnerReference in the delivery's entry to the id of an audience, or createAudience in aquarius.yaml.",
  meta_audience_id: 'partnerReference must be the number of a Custom Audience, as Audience Manager shows it.',
  meta_secret: 'Write the access token alone into the secret: one line, without spaces or quotes.',
  meta_identifier: 'Only IDFA, GAID and MAID may go to Meta; cut the delivery anew.',
  meta_too_small:
    'Too few people were matched: ads to it do not run. Widen the audience, or wait until it has grown to some hundred.',
  meta_session_stuck: 'Deliver it again. Meta is known to leave sessions at "uploading" after their last batch.',
  meta_not_ready: 'Look at the audience in Audience Manager; Meta takes up to 24 hours for changes.',
} as const;

/** What a person can do, for every code. */
export const ADVICE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(MEANINGS).map(([code, { hint }]) => [code, hint])),
  ...OTHER_ADVICE,
};
