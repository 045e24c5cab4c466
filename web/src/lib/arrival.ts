/** Whether the screen was come to from another one, rather than by opening the page. */

let screens = 0;

/** To be called once for each screen that is shown. */
export function countScreen(): void {
  screens += 1;
}

export function arrivedByLink(): boolean {
  return screens > 1;
}
