import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowsExchange, IconDots, IconHelpCircle, IconTrash } from '@tabler/icons-react';
import type { CampaignMappingRow } from '../../../../../src/shapes/config/campaigns.ts';
import { mappingWords } from './mapping-words.ts';

export type MappingAct = 'explain' | 'remap' | 'unmap';

interface MappingMenuProps {
  readonly mapping: CampaignMappingRow;
  readonly onAct: (act: MappingAct, mapping: CampaignMappingRow) => void;
}

/** What can be done with a mapping. */
export function MappingMenu({ mapping, onAct }: MappingMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${mappingWords(mapping)}`}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconHelpCircle size={16} aria-hidden />} onClick={() => onAct('explain', mapping)}>
          Explain
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowsExchange size={16} aria-hidden />} onClick={() => onAct('remap', mapping)}>
          Give to another advertiser
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => onAct('unmap', mapping)}>
          Remove
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
