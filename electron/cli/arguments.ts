/** @file Command-line arguments: options with values, flags, positional ones; a clear fault for anything else. */

import { parseArgs, type ParseArgsConfig } from 'node:util'
import { Fault, messageOf } from '../../shared/base/errors.ts'

type OptionTable = NonNullable<ParseArgsConfig['options']>

export interface Arguments {
  positionals: string[]
  text(name: string): string | undefined
  texts(name: string): string[]
  flag(name: string): boolean
  /** @throws Fault usage unless it is one of `choices` */
  choice<T extends string>(name: string, choices: readonly T[]): T | undefined
  /** @throws Fault usage unless it is a whole number of at least `least` */
  integer(name: string, least?: number): number | undefined
}

/** @param least positional arguments that must be there */
export function readArguments(args: readonly string[], options: OptionTable, least: number, usage: string): Arguments {
  const fail = (message: string) => new Fault('usage', message, `Usage: ${usage}`)
  let parsed: ReturnType<typeof parseArgs>
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw fail(messageOf(error).split('. ')[0] ?? 'The arguments are not valid')
  }
  const { values, positionals } = parsed
  if (positionals.length < least) throw fail(least === 1 ? 'The project folder is missing.' : 'An argument is missing.')
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined)
  return {
    positionals,
    text,
    texts: (name) => (Array.isArray(values[name]) ? values[name].map(String) : []),
    flag: (name) => values[name] === true,
    choice(name, choices) {
      const value = text(name)
      if (value === undefined) return undefined
      const found = choices.find((choice) => choice === value)
      if (found === undefined) throw fail(`--${name} is one of ${choices.join(', ')}; got "${value}".`)
      return found
    },
    integer(name, lowest = 0) {
      const value = text(name)
      if (value === undefined) return undefined
      const number = Number(value)
      if (!Number.isInteger(number) || number < lowest) {
        throw fail(`--${name} is a whole number of at least ${lowest}; got "${value}".`)
      }
      return number
    },
  }
}
