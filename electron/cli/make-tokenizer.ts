/** @file Trains the starter model's tokenizer and writes its files: `node --import tsx electron/cli/make-tokenizer.ts`. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Random } from '../../shared/base/random.ts'
import { trainStarterTokenizer } from '../../shared/pipeline/starter/train-tokenizer.ts'

const folder = process.argv[2] ?? join(import.meta.dirname, '../../resources/starter-model')
const began = Date.now()
mkdirSync(folder, { recursive: true })
for (const [name, content] of Object.entries(trainStarterTokenizer(new Random('starter tokenizer'))))
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 1) + '\n')
console.log(`wrote the tokenizer to ${folder} in ${((Date.now() - began) / 1000).toFixed(1)} s`)
