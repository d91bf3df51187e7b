/**
 * @file Trains the starter model's tokenizer and writes its files: `node --import tsx electron/cli/make-tokenizer.ts [folder] [--force]`.
 * A model is worthless with another tokenizer than its own, so an existing tokenizer stays unless forced.
 */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Random } from '../../shared/base/random.ts'
import { trainStarterTokenizer } from '../../shared/pipeline/starter/train-tokenizer.ts'

const [given] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const folder = given ?? join(import.meta.dirname, '../../resources/starter-model')
if (existsSync(join(folder, 'tokenizer.json')) && !process.argv.includes('--force')) {
  console.error(
    `${folder} has a tokenizer, and a model may depend on it. Use --force, and pretrain the starter model anew.`,
  )
  process.exit(1)
}
const began = Date.now()
mkdirSync(folder, { recursive: true })
for (const [name, content] of Object.entries(trainStarterTokenizer(new Random('starter tokenizer'))))
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 1) + '\n')
console.log(`wrote the tokenizer to ${folder} in ${((Date.now() - began) / 1000).toFixed(1)} s`)
