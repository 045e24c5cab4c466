/** What every key begins with, so that scanners of code find it. */
export const KEY_MARK = 'aq_';
