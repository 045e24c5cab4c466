import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay } from '../../auth/use-me.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { Facts } from '../../components/facts.tsx';
import { Note } from '../../components/note.tsx';
import { HostKeyDialog } from './host-key-dialog.tsx';

/** The keys by which a server is known, and a way to compare them with what it offers. */
export function HostKeys({ name, hostKeys }: { readonly name: string; readonly hostKeys: readonly string[] }) {
  const mayCompare = useMay('admin');
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      {hostKeys.length === 0 ? (
        <Note tone="bad" title="No host key is trusted">
          Nothing is sent to it before one is.
        </Note>
      ) : (
        <Facts
          facts={[
            {
              name: hostKeys.length === 1 ? 'Trusted host key' : 'Trusted host keys',
              wide: true,
              value: hostKeys.map((key) => (
                <div key={key}>
                  <CopyText value={key} what="the fingerprint" />
                </div>
              )),
            },
          ]}
        />
      )}
      {mayCompare && (
        <Button mt="xs" size="xs" variant="default" leftSection={<IconKey size={14} aria-hidden />} onClick={() => setOpen(true)}>
          Compare with the server
        </Button>
      )}
      {isOpen && <HostKeyDialog name={name} onClose={() => setOpen(false)} />}
    </div>
  );
}
