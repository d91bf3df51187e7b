import { describe, expect, it } from 'vitest'
import { assert, Bug, Cancelled, Fault, messageOf, must, unreachable } from '../../shared/base/errors.ts'

describe('errors', () => {
  it('a fault says what, where and what to do', () => {
    const cause = new Error('EACCES')
    const fault = new Fault('unreadable-file', 'cannot read a.pdf', 'Check its permissions.', 'a.pdf', { cause })
    expect(fault).toBeInstanceOf(Error)
    const { name, code, message, todo, where } = fault
    expect({ name, code, message, todo, where }).toEqual({
      name: 'Fault',
      code: 'unreadable-file',
      message: 'cannot read a.pdf',
      todo: 'Check its permissions.',
      where: 'a.pdf',
    })
    expect(fault.cause).toBe(cause)
  })

  it('the three kinds are told apart', () => {
    expect(new Cancelled()).not.toBeInstanceOf(Bug)
    expect(new Bug('x')).not.toBeInstanceOf(Fault)
    expect([new Cancelled().name, new Bug('x').name]).toEqual(['Cancelled', 'Bug'])
  })

  it('assert lets truth pass and throws a bug otherwise', () => {
    expect(() => assert(1, 'never')).not.toThrow()
    expect(() => assert(0, 'zero')).toThrow(new Bug('zero'))
  })

  it('must keeps falsy values and names what is missing', () => {
    expect([must(0), must(''), must(false)]).toEqual([0, '', false])
    expect(() => must(undefined, 'weight "q"')).toThrow('weight "q" is missing')
    expect(() => must(null)).toThrow(Bug)
  })

  it('unreachable shows the value that was forgotten', () => {
    expect(() => unreachable({ kind: 'new' } as never)).toThrow('unexpected value {"kind":"new"}')
  })

  it('anything thrown has a message', () => {
    expect(messageOf(new Error('broken'))).toBe('broken')
    expect(messageOf('text')).toBe('text')
    expect(messageOf(undefined)).toBe('undefined')
  })
})
