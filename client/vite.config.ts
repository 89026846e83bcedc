/** How the page is built: from this folder into dist/client, with every file under a name that may be cached for ever. */
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2023',
    // A module that is compiled while it streams in must be a file of its own, however small.
    assetsInlineLimit: (file) => (file.endsWith('.wasm') ? false : undefined),
  },
});
