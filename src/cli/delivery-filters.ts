/** What `plan` and `deliver` can be narrowed to. */
export interface DeliveryFilters {
  readonly at?: Date;
  readonly agency?: string;
  readonly advertiser?: string;
  readonly destination?: string;
  readonly slot?: string;
}
