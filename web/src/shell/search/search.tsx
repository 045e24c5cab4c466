import { Combobox, Modal, ScrollArea, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { mayDo, useMe } from '../../auth/use-me.ts';
import { NAV_ITEMS } from '../nav-items.ts';
import { useAdvertiserHits } from './advertiser-hits.ts';

const DEBOUNCE_MS = 300;

/** Finds advertisers by name or id, and screens. It is open as long as it is there. */
export function Search({ onClose }: { readonly onClose: () => void }) {
  const [words, setWords] = useState('');
  const [settled] = useDebouncedValue(words.trim(), DEBOUNCE_MS);
  const { role } = useMe();
  const navigate = useNavigate();
  const combobox = useCombobox({ opened: true });
  const { hits, isLoading } = useAdvertiserHits(settled);
  const screens = NAV_ITEMS.filter(
    (item) => mayDo(role, item.role) && item.label.toLowerCase().includes(words.trim().toLowerCase()),
  );
  const open = (href: string): void => {
    onClose();
    void navigate({ href });
  };
  const nothing = hits.length === 0 && screens.length === 0;
  return (
    <Modal opened onClose={onClose} withCloseButton={false} padding={0} size="lg" yOffset="10vh" aria-label="Search">
      <Combobox store={combobox} onOptionSubmit={open} withinPortal={false}>
        <Combobox.EventsTarget>
          <TextInput
            aria-label="Find an advertiser or a screen"
            placeholder="Name or id of an advertiser, or a screen"
            variant="unstyled"
            size="md"
            px="md"
            leftSection={<IconSearch size={18} aria-hidden />}
            leftSectionWidth={44}
            value={words}
            onChange={(event) => {
              setWords(event.currentTarget.value);
              combobox.selectFirstOption();
            }}
            data-autofocus
          />
        </Combobox.EventsTarget>
        <ScrollArea.Autosize mah="60vh" type="auto" tabIndex={-1}>
          <Combobox.Options p="xs" aria-label="Results">
            {screens.length > 0 && (
              <Combobox.Group label="Screens">
                {screens.map(({ to, label, icon: Icon }) => (
                  <Combobox.Option key={to} value={to}>
                    <Icon size={16} aria-hidden /> {label}
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            )}
            {hits.length > 0 && (
              <Combobox.Group label="Advertisers">
                {hits.map(({ href, name, about }) => (
                  <Combobox.Option key={href} value={href}>
                    {name}
                    <Text component="span" size="sm" c="dimmed" ml="xs">
                      {about}
                    </Text>
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            )}
            {nothing && <Combobox.Empty>{isLoading ? 'Looking…' : 'Nothing is called so.'}</Combobox.Empty>}
          </Combobox.Options>
        </ScrollArea.Autosize>
      </Combobox>
    </Modal>
  );
}
