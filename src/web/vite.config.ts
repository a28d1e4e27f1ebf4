import { defineConfig } from 'vite'

// The page is served below any path, so its links are relative; the server keeps static/ for ever, so those names carry a hash.
export default defineConfig({
  base: './',
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    assetsDir: 'static',
    // Inlined assets would be data: URLs, which the page's Content-Security-Policy allows for images only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022'
  }
})
