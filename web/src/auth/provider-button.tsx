import { Button, Divider } from '@mantine/core';

/** Leads to the company's own sign-in, and back to the page that one was at. */
export function ProviderButton({ name, url, isOnly }: { readonly name: string; readonly url: string; readonly isOnly: boolean }) {
  const back = `${window.location.pathname}${window.location.search}`;
  return (
    <>
      <Button component="a" href={`${url}?${new URLSearchParams({ returnTo: back })}`} size="md" fullWidth>
        Sign in with {name}
      </Button>
      {!isOnly && <Divider label="or with a password" />}
    </>
  );
}
