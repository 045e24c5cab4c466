/** The nonce of this page: what makes a style sheet that a library adds allowed. */
export function nonceOfPage(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** Hands it to the library that keeps the page behind a dialog from scrolling, which asks for it by this name. */
export function shareNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: nonceOfPage() });
}
