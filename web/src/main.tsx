import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './theme/global.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { takeTokenFromAddress } from './api/access-token.ts';
import { makeQueryClient } from './api/query-client.ts';
import { meQuery } from './auth/queries.ts';
import { nonceOfPage, shareNonce } from './lib/nonce.ts';
import { router } from './router.tsx';
import { cssVariables, theme } from './theme/theme.ts';

/** Where the page begins. */

takeTokenFromAddress();
// The link with the token, opened in a tab that is here already, loads nothing by itself.
window.addEventListener('hashchange', () => {
  if (takeTokenFromAddress()) window.location.reload();
});
shareNonce();

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no place for its content.');

const client = makeQueryClient();
// Asked for while the screen is still being loaded; who opens a one-time link is nobody yet.
if (window.location.pathname !== '/welcome') void client.prefetchQuery(meQuery);

createRoot(root).render(
  <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={nonceOfPage}>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
      <Notifications position="bottom-right" />
    </QueryClientProvider>
  </MantineProvider>,
);
