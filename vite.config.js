import { defineConfig } from 'vite'

// The program in few files: what starts it, one of all that rendering takes, and what each other command takes beside. Node loads a call's
// hundreds of modules one by one otherwise, which takes longer than most calls work. Packages stay packages, but for the one that every
// rendering loads.
export default defineConfig({
  publicDir: false,
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist/program',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      output: {
        // White space and comments are read at every start; names stay, for the traces of errors.
        minify: { compress: false, mangle: false, codegen: true },
        entryFileNames: 'main.js',
        chunkFileNames: '[name].js',
        codeSplitting: {
          groups: [
            { name: 'start', test: /src\/cli\/start\.ts$/, priority: 2 },
            { name: 'render', test: /src\/cli\/commands\/template\.ts$/, priority: 1 }
          ]
        }
      }
    }
  },
  ssr: { noExternal: ['re2js'] }
})
