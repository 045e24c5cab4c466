import { Button, Code, Select, TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiKeyShape } from '../../../../../src/shapes/user-shapes.ts';
import { post } from '../../../api/client.ts';
import { ChangeDialog } from '../../../components/change-dialog.tsx';
import { counted } from '../../../lib/format.ts';
import { type Access, AccessFields } from '../access/access-fields.tsx';
import { ShownOnce } from '../access/shown-once.tsx';
import { keysQuery } from './keys-query.ts';

interface NewKey {
  readonly key: ApiKeyShape;
  readonly secret: string;
}

const NEVER = 'never';
const DAYS = [30, 90, 365] as const;
const LASTS = [
  ...DAYS.map((days) => ({ value: String(days), label: counted(days, 'day') })),
  { value: NEVER, label: 'It does not end' },
];

/** Makes a key for a program, and shows it this once. */
export function MakeKey() {
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<NewKey | null>(null);
  return (
    <>
      <Button leftSection={<IconKey size={16} aria-hidden />} onClick={() => setOpen(true)} aria-haspopup="dialog">
        Make a key
      </Button>
      {isOpen && (
        <MakeKeyDialog
          onClose={() => setOpen(false)}
          onMade={(key) => {
            setOpen(false);
            setMade(key);
          }}
        />
      )}
      {made !== null && (
        <ShownOnce title={`The key for ${made.key.name}`} what="the key" value={made.secret} onClose={() => setMade(null)}>
          Keep it where the program finds its secrets: it is shown this once. It is sent as <Code>Authorization: Bearer …</Code>
        </ShownOnce>
      )}
    </>
  );
}

interface MakeKeyDialogProps {
  readonly onClose: () => void;
  readonly onMade: (made: NewKey) => void;
}

function MakeKeyDialog({ onClose, onMade }: MakeKeyDialogProps) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [lasts, setLasts] = useState('365');
  const [access, setAccess] = useState<Access>({ role: 'viewer', agencies: [] });
  const make = useMutation({
    mutationFn: () =>
      post<NewKey>('/api/keys', { name: name.trim(), ...access, expiresInDays: lasts === NEVER ? null : Number(lasts) }),
    onSuccess: async (key) => {
      onMade(key);
      await client.invalidateQueries(keysQuery);
    },
  });
  return (
    <ChangeDialog
      title="Make a key"
      label="Make the key"
      isBusy={make.isPending}
      error={make.error}
      isIncomplete={name.trim() === ''}
      onSubmit={() => make.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="What for"
        description="The program that uses it. The logs name it so."
        autoComplete="off"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        data-autofocus
      />
      <AccessFields value={access} onChange={setAccess} />
      <Select label="Lasts" data={LASTS} value={lasts} allowDeselect={false} onChange={(value) => setLasts(value ?? NEVER)} />
    </ChangeDialog>
  );
}
