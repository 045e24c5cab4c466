import { ActionIcon, Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { download } from '../../../api/download.ts';

interface DownloadButtonProps {
  readonly path: string;
  /** What the file is called when it is saved. */
  readonly name: string;
  readonly label: string;
  /** With words rather than a sign alone. */
  readonly words?: string;
}

export function DownloadButton({ path, name, label, words }: DownloadButtonProps) {
  const save = useMutation({
    mutationFn: () => download(path, name),
    onError: (error) => notifications.show({ color: 'red', title: `${name} could not be had`, message: error.message }),
  });
  const shared = { loading: save.isPending, onClick: () => save.mutate() };
  if (words !== undefined) {
    return (
      <Button {...shared} variant="default" size="xs" leftSection={<IconDownload size={14} aria-hidden />} aria-label={label}>
        {words}
      </Button>
    );
  }
  return (
    <ActionIcon {...shared} variant="subtle" color="gray" aria-label={label}>
      <IconDownload size={16} aria-hidden />
    </ActionIcon>
  );
}
