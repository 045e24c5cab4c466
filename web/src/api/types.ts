import type { z } from 'zod';
import type { alertList, destinationList, rejectionList, runDetail, runPage } from '../../../src/shapes/api-shapes.ts';
import type { DeliveryOverview } from '../../../src/shapes/delivery-shape.ts';
import type { RunShape } from '../../../src/shapes/shapes.ts';

/** What the delivery API answers. */

export type Run = RunShape;
export type RunState = Run['state'];
export type RunPage = z.infer<typeof runPage>;
export type RunDetail = z.infer<typeof runDetail>;
export type Delivery = DeliveryOverview;
export type DeliveryState = Delivery['state'];
export type Destination = z.infer<typeof destinationList>['destinations'][number];
export type Alert = z.infer<typeof alertList>['alerts'][number];
export type RejectionList = z.infer<typeof rejectionList>;
