import { Alert, Button, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { AdvertiserConfigRow } from '../../../../../src/shapes/config/advertiser-config.ts';

/** What is wrong with the row in the table: nothing is delivered from it until it is put right. */
export function ConfigProblems({ config, onEdit }: { readonly config: AdvertiserConfigRow; readonly onEdit: () => void }) {
  if (config.PROBLEMS.length === 0) return null;
  return (
    <Alert
      color="red"
      variant="outline"
      icon={<IconAlertTriangle aria-hidden />}
      title={<Text c="var(--aq-bad)">Its configuration cannot be used as it is</Text>}
    >
      <List size="sm" mb="sm">
        {config.PROBLEMS.map(({ path, message, hint }) => (
          <List.Item key={`${path} ${message}`}>
            <strong>{path}</strong> {message}
            {hint !== null && `. ${hint}`}
          </List.Item>
        ))}
      </List>
      <Button size="xs" variant="default" onClick={onEdit} aria-haspopup="dialog">
        Edit
      </Button>
    </Alert>
  );
}
