import type { DeliveryOverview } from '../../shapes/delivery-shape.ts';
import type { AssignedToAll } from '../advertisers/assigned.ts';
import type { DspAdvertiser } from '../campaigns/dsp-advertisers.ts';
import type { Conflict } from '../conflict.ts';
import type { AgencyDimensions } from './agency-dimensions.ts';

/** What was found of all agencies at once; null for what could not be looked at. */
export interface AgencyFacts {
  readonly assigned: AssignedToAll | null;
  readonly campaigns: readonly DspAdvertiser[] | null;
  readonly conflicts: readonly Conflict[] | null;
  readonly dimensions: ReadonlyMap<string, AgencyDimensions> | null;
  readonly pixels: ReadonlySet<string> | null;
  readonly deliveries: readonly DeliveryOverview[] | null;
}
