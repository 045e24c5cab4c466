/** What files a list of stores may be in. The server judges by their content. */
export const STORE_LIST_TYPES = {
  accept: '.csv,.tsv,.txt,.xlsx,.xls',
  bytes: 10 * 1024 * 1024,
} as const;
