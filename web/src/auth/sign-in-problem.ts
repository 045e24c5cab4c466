/** Why a sign-in at the company's provider was refused: it sends people to the first page with the reason in the address. */

const QUERY = 'signInProblem';

const WORDS: Readonly<Record<string, string>> = {
  oidc_not_a_user: 'You are no user here yet. An administrator can make you one.',
  oidc_role_missing: 'Your account there says nothing about your role here. Whoever keeps it can add that.',
  oidc_email_missing: 'Your account there has no e-mail.',
  oidc_email_unverified: 'The e-mail of your account there is not verified.',
  oidc_domain_refused: 'People of your e-mail’s domain may not sign in here.',
  oidc_unreachable: 'The provider does not answer. Try again in a while.',
  user_disabled: 'Your account here is switched off. An administrator can switch it on.',
  access_denied: 'It was broken off there.',
};

/** It is taken out of the address before the router reads that, where it would stay and be told again. */
const problem = take();

/** In words, or null when there is none. */
export function signInProblem(): string | null {
  return problem;
}

function take(): string | null {
  const url = new URL(window.location.href);
  const code = url.searchParams.get(QUERY);
  if (code === null) return null;
  url.searchParams.delete(QUERY);
  window.history.replaceState(window.history.state, '', url);
  return WORDS[code] ?? `The sign-in was refused (${code}). Try again.`;
}
