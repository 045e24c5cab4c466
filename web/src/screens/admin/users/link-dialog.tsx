import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { UserWithLink } from '../../../../../src/shapes/user-shapes.ts';
import { Instant } from '../../../components/instant.tsx';
import { ShownOnce } from '../access/shown-once.tsx';

/** The link that was just made for a user; or how else they come in, where there are no passwords. */
export function LinkDialog({ made: { user, link }, onClose }: { readonly made: UserWithLink; readonly onClose: () => void }) {
  if (link === null) {
    return (
      <Modal opened onClose={onClose} title={`${user.name} can sign in`} centered>
        <Stack gap="md">
          <Text size="sm">They sign in at the provider, as {user.email}. There is no password to be set here.</Text>
          <Group justify="flex-end">
            <Button onClick={onClose} data-autofocus>
              Done
            </Button>
          </Group>
        </Stack>
      </Modal>
    );
  }
  return (
    <ShownOnce title={`A link for ${user.name}`} what="the link" value={link.url} onClose={onClose}>
      Hand it to {user.email} in a way that you trust: whoever opens it sets the password. It works once, until{' '}
      <Instant at={link.expiresAt} as="both" />, and is shown this once. A newer link takes its place.
    </ShownOnce>
  );
}
