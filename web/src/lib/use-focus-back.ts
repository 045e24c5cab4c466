import { useEffect, useState } from 'react';

/**
 * Gives the focus back to what had it when a dialog came, once the dialog is gone; for dialogs that are taken out of the page rather than
 * closed in it. What has the focus by then keeps it.
 */
export function useFocusBack(): void {
  const [before] = useState(focused);
  useEffect(
    () => () => {
      setTimeout(() => {
        const isFree = document.activeElement === null || document.activeElement === document.body;
        if (isFree && before instanceof HTMLElement && before.isConnected) before.focus();
      }, 0);
    },
    [before],
  );
}

/** What has the focus; of an entry of a menu, which is gone with the menu, the menu's button. */
function focused(): Element | null {
  const active = document.activeElement;
  const button = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby') ?? null;
  return button === null ? active : document.getElementById(button);
}
