import { idText, isNoId } from '../../config/values.ts';

/** What tells a platform's campaigns apart: the four keys, within an agency. Null stands for none, or in a mapping for any. */
export interface CampaignKey {
  readonly agencyId: string;
  /** Platform type in canonical digits; null when it is not readable as a number. */
  readonly platform: string | null;
  readonly dsp: string | null;
  readonly io: string | null;
  readonly li: string | null;
}

declare const platformType: unique symbol;

/** An ad platform's number, in canonical digits. The earlier system numbers partners alike: see `DeliveryTypeId`. */
export type PlatformType = string & { readonly [platformType]: true };

const PLATFORM = /^\s*0*(0|[1-9][0-9]*)(?:\.0*)?\s*$/;

/** A platform type as the warehouse's rule reads it (`platformSql`). */
export function platformOf(text: string | null): PlatformType | null {
  return text === null ? null : ((PLATFORM.exec(text)?.[1] as PlatformType | undefined) ?? null);
}

/** An id, or null where it stands for none (`presentIdSql`). */
export function presentId(text: string | null | undefined): string | null {
  const id = idText(text);
  return isNoId(id) ? null : id;
}

/** One text for a DSP advertiser on a platform. */
export function dspText({ agencyId, platform, dsp }: Pick<CampaignKey, 'agencyId' | 'platform' | 'dsp'>): string {
  return JSON.stringify([agencyId, platform, dsp]);
}

/** One text for the four keys. */
export function campaignText({ agencyId, platform, dsp, io, li }: CampaignKey): string {
  return JSON.stringify([agencyId, platform, dsp, io, li]);
}

/** The keys in words. */
export function describeCampaign({ platform, dsp, io, li }: CampaignKey): string {
  return [
    platform === null ? 'any platform' : `platform ${platform}`,
    dsp === null ? 'no DSP advertiser' : `DSP advertiser ${dsp}`,
    io === null ? 'any insertion order' : `insertion order ${io}`,
    li === null ? 'any line item' : `line item ${li}`,
  ].join(', ');
}
