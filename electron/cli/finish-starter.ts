/**
 * @file Writes a pretraining checkpoint as the starter model, F16: `node --import tsx electron/cli/finish-starter.ts
 * CHECKPOINT.safetensors METRICS.jsonl TOKENIZER_FOLDER OUT`.
 */

import { readFile } from 'node:fs/promises'
import { must } from '../../shared/base/errors.ts'
import { parametersOf } from '../../shared/model/checkpoint/parameters.ts'
import { readSafetensors } from '../../shared/model/checkpoint/safetensors.ts'
import { writeHfFolder } from '../../shared/pipeline/export/write-hf-folder.ts'
import { loadTokenizer } from '../../shared/model/tokenizer/chat-tokenizer.ts'
import { openExportFolder } from '../adapters/model-folder/export-folder.ts'
import { STARTER_CONFIG } from './starter-config.ts'

const [checkpoint, metrics, tokenizerFolder, out] = process.argv.slice(2).map((arg) => must(arg)) as [
  string,
  string,
  string,
  string,
]
const read = (file: string) => readFile(`${tokenizerFolder}/${file}`, 'utf8')
const files = {
  tokenizerJson: JSON.parse(await read('tokenizer.json')) as unknown,
  tokenizerConfig: JSON.parse(await read('tokenizer_config.json')) as unknown,
  chatTemplate: await read('chat_template.jinja'),
}
const draft = loadTokenizer({ ...files, config: STARTER_CONFIG })
const config = {
  ...STARTER_CONFIG,
  eosIds: [must(draft.tokenId('<|end|>'))],
  padId: must(draft.tokenId('<|endoftext|>')),
}
const parameters = parametersOf(readSafetensors(new Uint8Array(await readFile(checkpoint))).tensors)
const rows = (await readFile(metrics, 'utf8'))
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { step: number; loss: number; tokens: number; seconds: number })
const last = must(rows.at(-1))
const written = await writeHfFolder(openExportFolder(out), {
  config,
  weights: (name) => must(parameters.get(name), name),
  dtype: 'F16',
  tokenizerFiles: Object.fromEntries(
    await Promise.all(
      ['tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json', 'chat_template.jinja'].map(
        async (f) => [f, await read(f)] as const,
      ),
    ),
  ),
  card: {
    title: 'PRefLexOR Lab starter',
    summary:
      'A small chat model pretrained from scratch by this project on text that its own generator writes about an invented world: skills, not facts. It knows English word order, the chat format, structured thinking, reading a context, joining two facts, criticising, rewriting and merging; it knows nothing about the real world.',
    license: 'mit',
    madeWith: 'electron/cli/make-starter.ts',
    tags: ['preflexor'],
    seeds: { data: 1, weights: 1 },
    lineage: [
      { step: 'tokenizer', detail: 'byte-level BPE, 4,096 entries, on generated text' },
      {
        step: 'pretraining',
        detail: `${last.step} steps, ${(last.tokens / 1e6).toFixed(1)} M tokens, ${(last.seconds / 60).toFixed(0)} minutes on two shared CPU cores, AdamW at 3e-3 with a cosine`,
      },
    ],
    curves: [{ name: 'loss', points: rows.map((r) => r.loss) }],
    examplePrompt: 'Context: Tarvel is made of zinc. Question: What is tarvel made of? Use <|thinking|>.',
  },
})
console.error(written.map((f) => `${f.path} ${f.bytes}`).join('\n'))
