import { Alert, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { isApiError } from '../api/api-error.ts';

/** What went wrong with something that was tried, beside the button that tries it. Nothing when there is no error. */
export function ErrorNote({ error }: { readonly error: unknown }) {
  if (error === null || error === undefined) return null;
  const { message, hint, fields } = isApiError(error) ? error : { message: String(error), hint: null, fields: [] };
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      icon={<IconAlertTriangle aria-hidden />}
      title={<Text c="var(--aq-bad)">{message}</Text>}
    >
      {fields.length > 0 && (
        <List size="sm">
          {fields.map(({ path, message: words }) => (
            <List.Item key={`${path} ${words}`}>
              <strong>{path}</strong> {words}
            </List.Item>
          ))}
        </List>
      )}
      {hint !== null && <Text size="sm">{hint}</Text>}
    </Alert>
  );
}
