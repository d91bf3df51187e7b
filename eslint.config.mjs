/** @file Lint rules. Formatting is Prettier's; who may import whom is in import-law.mjs. */

import { relative, sep } from 'node:path'
import tseslint from 'typescript-eslint'
import { violation } from './import-law.mjs'

const root = import.meta.dirname

/** Reports imports that the import law forbids. */
const importLaw = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = relative(root, context.filename).split(sep).join('/')
    const check = (node, source, typeOnly) => {
      if (!source || typeof source.value !== 'string') return
      const message = violation(file, source.value, typeOnly)
      if (message) context.report({ node, message })
    }
    const kinds = (node, kind) =>
      node[kind] === 'type' ||
      (node.specifiers?.length > 0 && node.specifiers.every((specifier) => specifier[kind] === 'type'))
    return {
      ImportDeclaration: (node) => check(node, node.source, kinds(node, 'importKind')),
      ExportNamedDeclaration: (node) => check(node, node.source, kinds(node, 'exportKind')),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal, true),
    }
  },
}

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a default export is called something else in every file that imports it.',
}

export default tseslint.config(
  { ignores: ['node_modules/', 'out/', 'dist/', 'lab/', 'demo/', 'coverage/', 'resources/', 'tests/fixtures/'] },
  ...tseslint.configs.recommended,
  {
    plugins: { lab: { rules: { 'import-law': importLaw } } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'max-lines': ['error', 400],
      'no-async-promise-executor': 'error',
      'no-constant-condition': ['error', { checkLoops: 'none' }],
      'no-debugger': 'error',
      'no-empty': 'error',
      'no-misleading-character-class': 'error',
      'no-self-assign': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-escape': 'error',
      'no-var': 'error',
      'prefer-const': ['error', { destructuring: 'all' }],
    },
  },
  {
    files: ['shared/**/*.ts', 'electron/**/*.ts', 'renderer/**/*.ts'],
    rules: { 'lab/import-law': 'error', 'no-restricted-syntax': ['error', noDefaultExport] },
  },
  {
    files: ['shared/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Take a Random of shared/base/random.ts as an argument.' },
        { object: 'Date', property: 'now', message: 'Take a Clock of shared/pipeline/ports.ts as an argument.' },
        { object: 'performance', property: 'now', message: 'Take a Clock of shared/pipeline/ports.ts as an argument.' },
      ],
    },
  },
)
