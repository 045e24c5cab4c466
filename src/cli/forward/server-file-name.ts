/** Name of the server's mark in its data directory; alone, since every command looks for it and most find none. */
export const SERVER_FILE = 'serve.json';
