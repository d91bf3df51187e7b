/** @file What critics, improvers and integrators wrote, as plain text: they may or may not use sections of their own. */

import { parseReply } from '../thought.ts'
import type { RoundNote, Step } from './transcript.ts'

const MARKERS = /<\|\/?(?:thinking|reflect|scratchpad|response)\|>/g

/** The answer part; the thinking when there is nothing else; never a marker. */
export function plainReply(text: string): string {
  const reply = parseReply(text)
  return (reply.answer || reply.thinking || reply.reflection || '').replace(MARKERS, '').trim()
}

/** A rewritten thinking, or undefined when the old one is to stay; the notes say why. */
export function readRewrite(step: Step, before: string): { thinking?: string; notes: RoundNote[] } {
  if (step.finished === 'length') return { notes: ['rewrite-truncated'] }
  if (step.finished === 'repetition') return { notes: ['rewrite-looped'] }
  const reply = parseReply(step.text)
  const thinking = (reply.thinking || reply.answer).replace(MARKERS, '').trim()
  if (thinking === '') return { notes: ['rewrite-missing'] }
  const notes: RoundNote[] = []
  if (thinking === before.trim()) notes.push('rewrite-unchanged')
  const had = categories(before)
  if (had.length > 0 && !categories(thinking).some((category) => had.includes(category))) notes.push('structure-lost')
  return { thinking, notes }
}

function categories(thinking: string): string[] {
  return [...thinking.matchAll(/^\*\*([^*]+)\*\*/gm)].map((match) => (match[1] as string).trim().toLowerCase())
}
