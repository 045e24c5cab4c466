import { Modal } from '@mantine/core';
import { SignInForm } from './sign-in-form.tsx';
import { useSignedIn } from './use-signed-in.ts';

/** Stands over the page when the session has ended. The page stays as it is, and goes on once somebody has signed in. */
export function SignInDialog() {
  const signedIn = useSignedIn();
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      centered
      title="Sign in to go on"
      overlayProps={{ backgroundOpacity: 0.6, blur: 6 }}
    >
      <SignInForm onSignedIn={signedIn} />
    </Modal>
  );
}
