import { defineConfig } from 'vite'

// The program in few files: what starts it, one of all that rendering takes, and what each other command takes beside. Node loads a call's
// hundreds of modules one by one otherwise, which takes longer than most calls work. CommonJS starts sooner than modules do. Packages stay
// packages, but for those whose own files take longer to load than the calls that need them take to work.
export default defineConfig({
  publicDir: false,
  plugins: [{ name: 'sooner', generateBundle: (_options, bundle) => { for (const file of Object.values(bundle)) sooner(file) } }],
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist/program',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      output: {
        format: 'cjs',
        dynamicImportInCjs: false,
        // White space and comments are read at every start; names stay, for the traces of errors.
        minify: { compress: false, mangle: false, codegen: true },
        entryFileNames: 'main.cjs',
        // Whoever keeps what was compiled of a file must see by its name what is in it.
        chunkFileNames: '[name]-[hash].cjs',
        codeSplitting: {
          groups: [
            { name: 'start', test: /src\/cli\/start\.ts$/, priority: 2 },
            { name: 'patterns', test: /\/node_modules\/re2js\//, priority: 3 },
            { name: 'render', test: /src\/cli\/commands\/template\.ts$/, priority: 1 }
          ]
        }
      }
    }
  },
  ssr: { noExternal: ['re2js', 'kysely', 'undici'] }
})

/** Modules that take milliseconds to set up and that most calls do not use: they are loaded where they are first used. */
const late = /\b(?:let|const) (\w+)=require\("(\.\/patterns-[^"]+\.cjs|node:(?:fs\/promises|timers\/promises|stream\/consumers|stream\/promises|stream|url))"\);/g

/** Makes a file of the program load sooner. */
function sooner (file) {
  if (file.type !== 'chunk') return
  for (const [whole, name, module] of file.code.matchAll(late)) {
    // In brackets, since `new require(…).Writable` would construct what is required.
    file.code = file.code.replace(whole, '').replaceAll(new RegExp(`\\b${name}\\.`, 'g'), `(require("${module}")).`)
  }
  // One character beyond ASCII would have V8 keep the whole text in twice the memory.
  file.code = file.code.replaceAll(/[^\t-~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
