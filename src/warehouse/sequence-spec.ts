/** Numbers that the warehouse gives out, each once, whoever asks at the same time. `createTables` makes what gives them. */
export interface SequenceSpec {
  readonly schema: string;
  readonly name: string;
}

export const MAPPING_IDS: SequenceSpec = { schema: 'REF_DATA', name: 'AQUARIUS_MAPPING_ID' };
export const ADVERTISER_IDS: SequenceSpec = { schema: 'BASE_TABLES', name: 'AQUARIUS_ADVERTISER_ID' };
export const SEQUENCES: readonly SequenceSpec[] = [MAPPING_IDS, ADVERTISER_IDS];
