/**
 * The sections of a GPP text that speak of opt-outs, as the IAB Tech Lab lays them out (Global Privacy Platform, `Sections/`): where in the
 * core sub-section their fields are. All fields read here are two bits wide: 0 not applicable, 1 opted out or no consent, 2 the opposite.
 */
export interface SectionLayout {
  /** First bit of SaleOptOut, and how many opt-outs stand in a row: SharingOptOut where there is one, TargetedAdvertisingOptOut. */
  readonly optOuts: readonly [bit: number, count: number];
  /** First bit and number of KnownChildSensitiveDataConsents. */
  readonly children: readonly [bit: number, count: number];
  /** Bits of the whole core. */
  readonly bits: number;
  /** What may follow the core: the Gpc sub-section, consents to sensitive data (which decide nothing here), or nothing. */
  readonly after: 'gpc' | 'sensitive' | 'nothing';
}

const state = (
  children: SectionLayout['children'],
  bits: number,
  after: SectionLayout['after'] = 'gpc',
  firstOptOut = 12,
): SectionLayout => ({ optOuts: [firstOptOut, 2], children, bits, after });

/** usnat, whose lists grew with its second version. */
const usnat = (children: SectionLayout['children'], bits: number): SectionLayout => ({
  optOuts: [18, 3],
  children,
  bits,
  after: 'gpc',
});

/** By `id.version`. A version that is not here may lie otherwise, so it is not read. */
export const SECTIONS: Readonly<Record<string, SectionLayout>> = {
  '7.1': usnat([48, 2], 60),
  '7.2': usnat([56, 3], 70),
  '8.1': state([34, 2], 46), // usca: SharingOptOut in place of TargetedAdvertisingOptOut
  '9.1': state([32, 1], 40, 'nothing'), // usva
  '10.1': state([30, 1], 38), // usco
  '11.1': state([34, 1], 42, 'nothing', 14), // usut
  '12.1': state([32, 3], 44), // usct
  '13.1': state([32, 3], 46, 'nothing'), // usfl
  '14.1': state([32, 3], 46), // usmt
  '15.1': state([38, 3], 52), // usor
  '16.1': state([32, 1], 42), // ustx
  '17.1': state([34, 5], 52), // usde
  '18.1': state([34, 1], 42, 'gpc', 14), // usia
  '19.1': state([32, 1], 42), // usne
  '20.1': state([32, 3], 46), // usnh
  '21.1': state([36, 5], 54), // usnj
  '22.1': state([32, 1], 42), // ustn
  '23.1': state([32, 1], 42), // usmn
  '24.1': state([20, 0], 22, 'gpc', 16), // usmd
  '25.1': state([20, 1], 24, 'sensitive', 16), // usin
  '26.1': state([20, 1], 24, 'sensitive', 16), // usky
  '27.1': state([20, 1], 24, 'sensitive', 16), // usri
};

/** The us_privacy text as a section. */
export const USP_SECTION = 6;

/** From this section on a header of its own stands before the core, which names section, version and sub-sections. Some writers leave it out. */
export const FIRST_SECTION_WITH_HEADER = 24;
