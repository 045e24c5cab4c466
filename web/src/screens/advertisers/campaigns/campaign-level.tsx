import { TextInput } from '@mantine/core';

/** Which campaign of a DSP advertiser a mapping is for, as it is typed. */
export interface CampaignLevel {
  readonly insertionOrder: string;
  readonly lineItem: string;
}

export const ANY_CAMPAIGN: CampaignLevel = { insertionOrder: '', lineItem: '' };

/** The fields of a mapping that say so; what is left empty is any. */
export function levelFields({ insertionOrder, lineItem }: CampaignLevel) {
  return {
    ...(insertionOrder.trim() === '' ? {} : { insertion_order_id: insertionOrder.trim() }),
    ...(lineItem.trim() === '' ? {} : { line_item_id: lineItem.trim() }),
  };
}

interface CampaignLevelInputsProps {
  readonly level: CampaignLevel;
  readonly onChange: (level: CampaignLevel) => void;
}

/** Asks for the insertion order and the line item, beside each other in a grid. */
export function CampaignLevelInputs({ level, onChange }: CampaignLevelInputsProps) {
  return (
    <>
      <TextInput
        label="Insertion order"
        description="Left empty: any."
        value={level.insertionOrder}
        onChange={(event) => onChange({ ...level, insertionOrder: event.currentTarget.value })}
      />
      <TextInput
        label="Line item"
        description="Left empty: any."
        value={level.lineItem}
        onChange={(event) => onChange({ ...level, lineItem: event.currentTarget.value })}
      />
    </>
  );
}
