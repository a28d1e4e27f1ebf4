import { importX } from 'eslint-plugin-import-x'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import neostandard from 'neostandard'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['dist/**', 'data/**', '.tap/**', 'node_modules/**', 'test/fixtures/**'] },
  ...neostandard({ ts: true }),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['src/web/vite.config.ts'] },
        tsconfigRootDir: import.meta.dirname
      }
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      // A contract is asynchronous because some of its implementations are: the memory ones need not await.
      '@typescript-eslint/require-await': 'off',
      // Text from outside holds control characters, and our checks name them.
      'no-control-regex': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' },
        { selector: 'ExportDefaultDeclaration', message: 'Name what is exported.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that has it.' }
      ]
    }
  },
  {
    files: ['**/*.ts'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [createTypeScriptImportResolver()]
    },
    rules: { 'import-x/no-cycle': 'error' }
  },
  {
    // tap's assertions return promises that the test runner itself waits for.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      // In 8.73 the rule recurses without end over some of the values that tests are given.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off'
    }
  },
  {
    files: ['src/web/vite.config.ts', '*.config.js'],
    rules: { 'no-restricted-syntax': 'off' }
  }
)
