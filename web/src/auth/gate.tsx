import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { useSignedOut } from '../api/signed-out.ts';
import { ErrorState } from '../components/error-state.tsx';
import { Entrance } from './entrance.tsx';
import classes from './gate.module.css';
import { meQuery } from './queries.ts';
import { SignInDialog } from './sign-in-dialog.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { useSignedIn } from './use-signed-in.ts';

/** Lets the page be seen by whoever is signed in, and by nobody else. `waiting` is shown until that is known. */
export function Gate({ waiting, children }: { readonly waiting: ReactNode; readonly children: ReactNode }) {
  const isSignedOut = useSignedOut();
  const signedIn = useSignedIn();
  const me = useQuery(meQuery);
  const isKnown = me.data !== undefined;
  useEffect(() => {
    if (!isKnown) document.title = 'Aquarius';
  }, [isKnown]);

  if (isKnown) {
    return (
      <>
        {/* What stands beneath is seen and nothing more. */}
        <div inert={isSignedOut} className={classes.below}>
          {children}
        </div>
        {isSignedOut && <SignInDialog />}
      </>
    );
  }
  if (isSignedOut) {
    return (
      <Entrance title="Sign in to Aquarius">
        <SignInForm onSignedIn={signedIn} />
      </Entrance>
    );
  }
  if (me.isError) {
    return (
      <Entrance title="Aquarius">
        <ErrorState error={me.error} onRetry={() => me.refetch()} />
      </Entrance>
    );
  }
  return waiting;
}
