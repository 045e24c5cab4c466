import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * How the pages are built. `npm run web:dev` serves them while they are written, beside an `aquarius serve` that answers /api: the one
 * of AQUARIUS_URL, or else the one that listens where serve.port has its default.
 */

const api = process.env.AQUARIUS_URL ?? 'http://127.0.0.1:4780';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  // The server puts a new nonce in the place of this word each time that it gives the page out.
  html: { cspNonce: 'AQUARIUS_NONCE' },
  server: { proxy: { '/api': { target: api, changeOrigin: true, headers: { origin: api } } } },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
});
