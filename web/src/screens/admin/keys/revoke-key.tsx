import { useQueryClient } from '@tanstack/react-query';
import type { ApiKeyShape } from '../../../../../src/shapes/user-shapes.ts';
import { remove } from '../../../api/client.ts';
import { ConfirmAction } from '../../../components/confirm-action.tsx';
import { keysQuery } from './keys-query.ts';

export function RevokeKey({ apiKey: { id, name, prefix } }: { readonly apiKey: ApiKeyShape }) {
  const client = useQueryClient();
  const revoke = async (): Promise<string> => {
    await remove(`/api/keys/${encodeURIComponent(id)}`);
    await client.invalidateQueries(keysQuery);
    return `${name} is revoked.`;
  };
  return (
    <ConfirmAction label="Revoke" title={`Revoke ${name}?`} size="xs" danger action={revoke}>
      Whatever sends the key {prefix}… is refused from now on. This cannot be taken back: make another key for what must go on.
    </ConfirmAction>
  );
}
