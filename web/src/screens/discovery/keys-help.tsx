import { ActionIcon, Kbd, Modal, Table, Tooltip } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconKeyboard } from '@tabler/icons-react';

const KEYS = [
  ['j', 'Next row'],
  ['k', 'Row before'],
  ['Enter', 'Preview a domain, or see why impressions belong to nobody'],
  ['a', 'Assign it to an advertiser'],
  ['x', 'Select the domain, to assign several at once'],
  ['i', 'Ignore the domain, or no longer'],
  ['u', 'Undo the last change'],
  ['?', 'These keys'],
] as const;

/** The keys by which the lists are worked through. */
export function KeysHelp() {
  const [isOpen, { open, close }] = useDisclosure(false);
  useHotkeys([['shift+?', open]]);
  return (
    <>
      <Tooltip label="Keys">
        <ActionIcon variant="default" size="lg" aria-label="Keys" aria-haspopup="dialog" onClick={open}>
          <IconKeyboard size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Modal opened={isOpen} onClose={close} title="Keys" centered closeButtonProps={{ 'aria-label': 'Close' }}>
        <Table>
          <Table.Tbody>
            {KEYS.map(([key, meaning]) => (
              <Table.Tr key={key}>
                <Table.Th scope="row" w={90}>
                  <Kbd>{key}</Kbd>
                </Table.Th>
                <Table.Td>{meaning}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Modal>
    </>
  );
}
