/**
 * The token of a server without user accounts. `serve` prints a link that ends with #token=…; what stands behind # never leaves the
 * browser. It is kept for this tab alone and taken out of the address bar at once.
 */

const KEY = 'aquarius.token';
const IN_ADDRESS = /^#token=([^&]+)$/;

/** Whether there was one. */
export function takeTokenFromAddress(): boolean {
  const given = IN_ADDRESS.exec(window.location.hash)?.[1];
  if (given === undefined) return false;
  setToken(decodeURIComponent(given));
  window.history.replaceState(window.history.state, '', `${window.location.pathname}${window.location.search}`);
  return true;
}

export function tokenOfTab(): string | null {
  return window.sessionStorage.getItem(KEY);
}

export function setToken(token: string): void {
  window.sessionStorage.setItem(KEY, token.trim());
}

export function forgetToken(): void {
  window.sessionStorage.removeItem(KEY);
}
