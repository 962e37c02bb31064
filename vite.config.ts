import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const backend = process.env.VITE_PROXY_TARGET ?? 'http://127.0.0.1:3000'

export default defineConfig({
  root: 'frontend',
  plugins: [react(), tailwindcss()],
  resolve: { alias: { '@': fileURLToPath(new URL('./frontend/src', import.meta.url)) } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The content security policy allows fonts from our own origin only, so nothing may become a data: URL.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    // A polyfill would be an inline script, which the policy forbids; every supported browser preloads modules by itself.
    modulePreload: { polyfill: false },
  },
  // The server refuses writes from another origin; in development the page's origin is this proxy.
  server: { port: 5173, proxy: { '/api': { target: backend, headers: { origin: backend } } } },
})
