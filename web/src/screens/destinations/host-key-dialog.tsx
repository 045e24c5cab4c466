import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { HostKeyReport } from '../../../../src/shapes/config/delivery.ts';
import { post } from '../../api/client.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Note } from '../../components/note.tsx';

const TONES = { pinned: 'good', published: 'good', partly_pinned: 'warn', not_pinned: 'warn', not_offered: 'bad' } as const;

/** What a server offers, beside what is trusted and what the partner has published. Nothing is written: a person does that. */
export function HostKeyDialog({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const [fingerprint, setFingerprint] = useState('');
  const compare = useMutation({
    mutationFn: () => {
      const published = fingerprint.trim();
      return post<HostKeyReport>(
        `/api/delivery/destinations/${encodeURIComponent(name)}/pin-host-key`,
        published === '' ? {} : { fingerprint: published },
      );
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    compare.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={`Host key of ${name}`} size="lg" centered>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">
            Ask the partner for the fingerprint by another way than the network, and give it here. The server is asked for its
            keys now, and nothing is changed.
          </Text>
          <TextInput
            label="Fingerprint that the partner has published"
            description="Leave it empty to see what the server offers."
            placeholder="SHA256:…"
            ff="monospace"
            value={fingerprint}
            onChange={(event) => setFingerprint(event.currentTarget.value)}
            data-autofocus
          />
          <ErrorNote error={compare.error} />
          {compare.data !== undefined && <Report report={compare.data} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button type="submit" loading={compare.isPending}>
              Compare
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Report({ report: { verdict, message, offered, path, line, host, port } }: { readonly report: HostKeyReport }) {
  return (
    <Stack gap="sm" role="status">
      <Note tone={TONES[verdict]} title={message} />
      <div>
        <Text size="sm" fw={600}>
          {host} port {port} offers
        </Text>
        {offered.map(({ type, fingerprint, isPinned }) => (
          <div key={fingerprint}>
            <Text size="xs" c="dimmed">
              {type}
              {isPinned ? ', trusted' : ''}
            </Text>
            <CopyText value={fingerprint} what="the fingerprint" />
          </div>
        ))}
      </div>
      {line !== null && (
        <div>
          <Text size="sm" fw={600}>
            For {path} in aquarius.yaml
          </Text>
          <CopyText value={line} what="the line" />
        </div>
      )}
    </Stack>
  );
}
