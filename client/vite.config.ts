/** How the page is built: from this folder into dist/client, with every file under a name that may be cached for ever. */
import legacy from '@vitejs/plugin-legacy';
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { oldStyles } from './old-styles.ts';

/** The oldest browsers in which people can take part. Training in the page needs newer ones, which have WebAssembly SIMD. */
const oldest = ['chrome >= 80', 'edge >= 80', 'firefox >= 78', 'safari >= 14', 'ios >= 14'];

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), legacy({ modernTargets: oldest, modernPolyfills: true, renderLegacyChunks: false })],
  css: { postcss: { plugins: [oldStyles] } },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // A module that is compiled while it streams in must be a file of its own, however small.
    assetsInlineLimit: (file) => (file.endsWith('.wasm') ? false : undefined),
  },
});
