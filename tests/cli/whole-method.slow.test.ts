import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runLab } from './run-lab.ts'

const folder = mkdtempSync(join(tmpdir(), 'lab-'))
const project = join(folder, 'project')
const documents = join(folder, 'documents')
const questions = join(folder, 'questions.jsonl')
/** Small enough for seconds: the method, not its success, is under test here. */
const small = ['rowsPerStep=4', 'checkpointSteps=2'].flatMap((s) => ['--set', s])
const pairs = [...small, ...['questionsPerIteration=8', 'iterations=2', 'passes=1', 'draws=1', 'rejectedTokens=8', 'onlyWrongAnswers=false'].flatMap((s) => ['--set', s])] // prettier-ignore

beforeAll(() => {
  mkdirSync(documents)
  writeFileSync(join(documents, 'tarvel.md'), '# Tarvel\n\nTarvel is a hard ceramic. Tarvel consists of zinc oxide and clay. The density of tarvel is 4.5 g/cm3. Tarvel was invented in 1931 by Ada Moll. Because its grains are small, tarvel resists cracks.\n') // prettier-ignore
  writeFileSync(join(documents, 'osk.txt'), 'The osk fibre is made from tarvel. The strength of the osk fibre is 900 MPa. Osk fibres are used for ropes. The osk fibre melts at 310 °C.\n') // prettier-ignore
  writeFileSync(join(documents, 'broken.pdf'), '%PDF-1.4 this is not a PDF')
  writeFileSync(questions, '{"id":"a","question":"What is the density of tarvel?","answers":["4.5 g/cm3"],"group":"one"}\n{"id":"b","question":"Who invented tarvel?","answers":["Ada Moll"],"group":"one"}\n') // prettier-ignore
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the whole method from the command line', () => {
  it('makes a project and reads documents; a broken file is told and stops nothing', async () => {
    expect((await runLab(['new', project])).code).toBe(0)
    const { code, result } = await runLab(['ingest', project, documents])
    expect(code).toBe(0)
    expect(result).toMatchObject({ read: 2, failed: 1, documents: 2 })
    expect(result?.['facts']).toBeGreaterThan(5)
  })

  it('trains Stage 0, I and II and lowers the loss of Stage 0', async () => {
    const zero = await runLab([
      'train',
      project,
      '--stage',
      '0',
      ...small,
      '--set',
      'passes=6',
      '--set',
      'learningRate=1e-3',
    ])
    const { first, last } = zero.result as unknown as Record<'first' | 'last', { loss: number }>
    expect(last.loss).toBeLessThan(first.loss)
    const one = await runLab(['train', project, '--stage', '1', ...pairs])
    expect(one.code).toBe(0)
    const two = await runLab(['train', project, '--stage', '2', ...pairs])
    expect(two.code).toBe(0)
    const metric = two.events.find((e) => e.type === 'metric')
    // At the first step the model is its own reference: both rewards are zero.
    expect(Math.abs(metric?.['rewards/margins'] as number)).toBeLessThan(1e-4)
    expect(metric?.['target_margin']).toBeCloseTo(Math.log(0.995 / 0.005), 6)
  })

  it('evaluates with recursion, answers, and exports a model that loads back alike', async () => {
    const evaluated = await runLab(['evaluate', project, '--questions', questions, '--rounds', '1'])
    expect(evaluated.result).toMatchObject({ model: 'stage-2', total: 2 })
    expect(evaluated.result?.['answers']).toHaveLength(2)
    const asked = await runLab(['ask', project, 'What is tarvel?'])
    expect(typeof asked.result?.['answer']).toBe('string')
    const exported = await runLab(['export', project, '--format', 'hf', '--out', join(folder, 'model')])
    expect((exported.result?.['check'] as { largest: number }).largest).toBeLessThan(1e-5)
    const again = await runLab(['new', join(folder, 'second'), '--base', join(folder, 'model')])
    expect(again.code).toBe(0)
  })

  for (const stage of ['0', '1']) {
    it(`stage ${stage}, killed and resumed, gives the metrics of an uninterrupted run`, async () => {
      const settings = stage === '0' ? [...small, '--set', 'passes=4'] : pairs
      const twin = join(folder, `twin-${stage}`)
      cpSync(project, twin, { recursive: true })
      const straight = await runLab(['train', project, '--stage', stage, ...settings])
      let checkpoints = 0
      const killed = await runLab(['train', twin, '--stage', stage, ...settings], (event) =>
        event.type === 'checkpoint' && ++checkpoints === 2 ? 'SIGKILL' : undefined,
      )
      expect(killed.signal).toBe('SIGKILL')
      const resumed = await runLab(['train', twin, '--stage', stage, '--resume'])
      expect(resumed.code).toBe(0)
      const rows = (at: string, run: unknown) =>
        readFileSync(join(at, 'runs', String(run), 'metrics.jsonl'), 'utf8')
          .trim()
          .split('\n')
          .map((line): Record<string, number> => ({
            ...(JSON.parse(line) as Record<string, number>),
            tokens_per_second: 0,
          }))
      // Kernels on several threads may add in another order: equal to fp32 rounding, the gradient norm the least so.
      const wanted = rows(project, straight.result?.['run'])
      const got = rows(twin, resumed.result?.['run'])
      expect(got.map((row) => row['step'])).toEqual(wanted.map((row) => row['step']))
      wanted.forEach((row, i) => {
        for (const [name, value] of Object.entries(row)) {
          const difference = Math.abs((got[i]?.[name] ?? NaN) - value)
          expect(difference, `${name} of row ${i}`).toBeLessThan(5e-3 * Math.max(1, Math.abs(value)))
        }
      })
    })
  }

  it('tells the user what to do, with exit code 1', async () => {
    const missing = await runLab(['status', join(folder, 'nowhere')])
    expect(missing.code).toBe(1)
    expect(missing.events.at(-1)).toMatchObject({ type: 'error', code: 'not-found' })
    const typo = await runLab(['train', project, '--stage', '1', '--set', 'bata=0.2'])
    expect(typo.code).toBe(1)
    expect(String(typo.events.at(-1)?.['message'])).toContain('beta')
  })
})
