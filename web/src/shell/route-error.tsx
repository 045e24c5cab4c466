import { ErrorState } from '../components/error-state.tsx';

/** In the place of a screen that could not be shown: a fault, or a part of the page that could not be loaded. */
export function RouteError({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  return (
    <ErrorState
      error={error}
      onRetry={() => {
        // After an update of the server the old parts of the page are gone: only a new page helps.
        if (error instanceof TypeError) window.location.reload();
        else reset();
      }}
    />
  );
}
