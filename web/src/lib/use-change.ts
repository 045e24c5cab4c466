import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { change, type Told } from '../api/config.ts';
import { refreshConfig, showDone } from '../components/undo-notice.tsx';

interface ChangeOptions<Body, Data> {
  /** What was done, in a sentence. */
  readonly say: (data: Data, body: Body) => string;
  readonly onDone?: (data: Data, body: Body) => void;
}

/** A change of the configuration. When it is done all that may depend on it is asked anew, and a notice offers to take it back. */
export function useChange<Body extends { readonly agency_id: string }, Data extends { readonly audit_id: string | null }>(
  name: string,
  { say, onDone }: ChangeOptions<Body, Data>,
): UseMutationResult<Told<Data>, Error, Body> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => change<Data>(name, body),
    onSuccess: async ({ data, warnings }, body) => {
      showDone({ client, message: say(data, body), agencyId: body.agency_id, auditId: data.audit_id, warnings });
      onDone?.(data, body);
      await refreshConfig(client);
    },
  });
}
