import type { QueryClient } from '@tanstack/react-query';
import { forgetToken, tokenOfTab } from '../api/access-token.ts';
import { isApiError } from '../api/api-error.ts';
import { post } from '../api/client.ts';

/**
 * Ends the session and begins the page anew, without anything that was loaded. If the server cannot be told nothing is changed: the
 * session would live on while the page said otherwise.
 */
export async function signOut(client: QueryClient): Promise<void> {
  if (tokenOfTab() === null) {
    try {
      await post('/api/auth/sign-out', {}, { signsIn: true });
    } catch (error) {
      // Whoever has no session any more is out.
      if (!isApiError(error) || error.status !== 401) throw error;
    }
  }
  forgetToken();
  client.clear();
  window.location.assign('/');
}
