/**
 * @file Opens a project and commits numbered values, printing each after it was acknowledged. To be killed; should the
 * test be gone, it ends by itself.
 */

import { openProject } from '../../../electron/adapters/store/project.ts'

const project = await openProject(process.argv[2] as string)
const last = project.library.value('last')
let n = typeof last === 'number' ? last : 0
process.stdout.write(`opened ${n}\n`)
for (const end = n + 1000; n < end;) {
  n++
  project.library.saveFacts([
    {
      id: String(n),
      passageId: 'p',
      documentId: 'd',
      subject: 'nacre',
      relation: 'is',
      object: 'tough',
      kind: 'property',
      statement: 'Nacre is tough. '.repeat(20),
      sentence: '',
    },
  ])
  project.library.saveValue('last', n)
  if (n % 40 === 0) project.library.compact()
  process.stdout.write(`saved ${n}\n`)
}
