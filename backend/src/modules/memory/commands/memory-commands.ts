import type { Transaction } from '#backend/infra/database/database.ts'
import { type Actor, hasScope } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { AnswerLanguage, MessagePart } from '#contracts/chat.ts'
import { fold } from '#contracts/fold.ts'
import type { Memory, MemoryErasure } from '#contracts/memory.ts'
import { extractFromSentence, extractStatement } from '../extract/extract.ts'
import { holdsSecret } from '../extract/secrets.ts'
import { ownSentences } from '../extract/sentences.ts'
import { deleteMemories, findMemory, isEnabled, listMemories, saveEnabled, sessionRemembers } from '../memories.repository.ts'
import type { Extracted, MemoryScope, Said } from '../memory.types.ts'
import { tellingWords } from '../recall.ts'
import { phrases } from './command-phrases.ts'
import { keyNamed, type MemoryRequest, readMemoryRequest } from './command-words.ts'

/** What is answered to a message about memory. */
export interface MemoryAnswer {
  text: string
  parts: MessagePart[]
  language: AnswerLanguage
}

export type MemoryCommand = (actor: Actor, said: Said) => Promise<MemoryAnswer>

export interface MemoryCommandsDependencies {
  run<T>(actor: Actor, name: string, work: (tx: Transaction) => Promise<T>, readOnly?: boolean): Promise<T>
  keep(tx: Transaction, memories: readonly Extracted[], scope: MemoryScope, said: Said | undefined): Promise<string[]>
  deleteAll(actor: Actor): Promise<MemoryErasure>
  /** Something was written. */
  told(actor: Actor): void
  enabled: boolean
  clock: Clock
}

const mostShown = 50

/** Messages about memory itself: what is acknowledged here is stored before it is said. */
export function createMemoryCommands({ run, keep, deleteAll, told, enabled, clock }: MemoryCommandsDependencies) {
  /** Why memory cannot be used in this session; undefined when it can. */
  async function offBecause(tx: Transaction, sessionId: string, language: AnswerLanguage): Promise<string | undefined> {
    if (!(await isEnabled(tx))) return phrases[language].isOff
    return (await sessionRemembers(tx, sessionId)) ? undefined : phrases[language].isOffHere
  }

  async function remember(
    actor: Actor,
    said: Said,
    { memories, scope, language }: { memories: readonly Extracted[]; scope: MemoryScope; language: AnswerLanguage },
  ) {
    const words = phrases[language]
    if (scope === 'workspace' && !hasScope(actor, 'workspace:admin')) return answer(words.adminsOnly, language)
    const text = await run(actor, 'command', async (tx) => {
      const off = await offBecause(tx, said.sessionId, language)
      if (off !== undefined) return off
      const before = await listMemories(tx, { words: [], history: false, after: undefined, limit: mostLooked })
      const ids = await keep(tx, memories, scope, said)
      const lines: string[] = []
      for (const [index, id] of ids.entries()) {
        const kept = (await findMemory(tx, id)) as Memory
        const replaced = before.find((old) => old.scope === scope && old.key === kept.key && old.id !== id)
        const own = memories[index]?.text ?? kept.text
        lines.push(scope === 'workspace' ? words.rememberedForAll(own) : words.remembered(own, replaced?.text))
      }
      return lines.join('\n\n')
    }).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'CONFLICT') return words.full
      throw error
    })
    told(actor)
    return answer(text, language)
  }

  async function forget(actor: Actor, what: string, language: AnswerLanguage): Promise<MemoryAnswer> {
    const words = phrases[language]
    const found = await run(actor, 'forget', async (tx) => {
      const own = (await listMemories(tx, { words: [], history: false, after: undefined, limit: mostLooked })).filter(({ scope }) => scope === 'person')
      const meant = meantBy(own, what)
      if (meant.length === 1)
        await deleteMemories(
          tx,
          meant.map(({ id }) => id),
        )
      return meant
    })
    const [first] = found
    if (first === undefined) return answer(words.nothingLike(what), language)
    if (found.length > 1) {
      const options = found.slice(0, mostShown).map(({ text }) => ({ label: text, message: words.forget(text) }))
      const asked = answer(words.whichOne, language)
      return { ...asked, parts: [...asked.parts, { type: 'data-clarify', data: { question: words.whichOne, options } }] }
    }
    told(actor)
    return answer(words.forgotten([first.text]), language)
  }

  async function list(actor: Actor, said: Said, about: string, language: AnswerLanguage): Promise<MemoryAnswer> {
    const words = phrases[language]
    const found = await run(actor, 'tell', async (tx) => {
      const off = await offBecause(tx, said.sessionId, language)
      return off ?? (await listMemories(tx, { words: tellingWords(about), history: false, after: undefined, limit: mostShown }))
    })
    if (typeof found === 'string') return answer(found, language)
    if (found.length === 0) return answer(about === '' ? words.nothing : words.nothingAbout(about), language)
    const told = answer(words.known(found.length), language)
    const columns = (['text', 'since', 'scope'] as const).map((key) => ({
      key,
      label: words.columns[key],
      type: key === 'since' ? ('date' as const) : ('text' as const),
    }))
    const rows = found.map(({ id, text, createdAt, scope }) => ({ id, text, since: createdAt.slice(0, 10), scope: words.scopes[scope] }))
    return { ...told, parts: [...told.parts, { type: 'data-table', data: { title: words.title, columns, rows, total: rows.length } }] }
  }

  async function follow(actor: Actor, said: Said, request: MemoryRequest): Promise<MemoryAnswer> {
    const { language } = request
    const words = phrases[language]
    switch (request.kind) {
      case 'remember': {
        const memory = extractStatement(request.statement)
        if (memory === undefined) return answer(words.secret, language)
        return remember(actor, said, { memories: [memory], scope: request.scope, language })
      }
      case 'forget':
        return forget(actor, request.what, language)
      case 'forgetAll':
        return answer(words.forgottenAll((await deleteAll(actor)).deleted), language)
      case 'list':
        return list(actor, said, request.about, language)
      case 'switch':
        await run(actor, 'changeSettings', (tx) => saveEnabled(tx, request.on, clock.now()))
        return answer(words.switched[request.on ? 'on' : 'off'], language)
    }
  }

  return {
    /** What answers a message that is, as a whole, about memory; told from its words alone, and undefined for every other. */
    read(text: string): MemoryCommand | undefined {
      const request = readMemoryRequest(text)
      if (request !== undefined)
        return async (actor, said) => (enabled ? follow(actor, said, request) : answer(phrases[request.language].isUnavailable, request.language))
      if (!enabled) return undefined
      // "Call me Sam" is a whole message too.
      const sentences = ownSentences(text)
      const memories = sentences.flatMap((sentence) => extractFromSentence(sentence) ?? [])
      const [first] = memories
      if (first === undefined || memories.length < sentences.length || holdsSecret(text)) return undefined
      return (actor, said) => remember(actor, said, { memories, scope: 'person', language: first.language })
    },
  }
}

const mostLooked = 2000

/** What a person means by "forget …": a thing by its name, the very words, or what holds all of the words. */
function meantBy(memories: readonly Memory[], what: string): Memory[] {
  const key = keyNamed(what)
  if (key !== undefined) return memories.filter((memory) => memory.key === key)
  const sentence = fold(what.replace(/[\s.!?]+$/u, ''))
  const same = memories.filter(({ text }) => fold(text) === sentence)
  if (same.length > 0) return same
  const told = extractStatement(what)
  const stated = memories.filter((memory) => memory.key === told?.key && fold(memory.value) === fold(told.value))
  if (stated.length > 0) return stated
  const words = tellingWords(what)
  if (words.length === 0) return []
  return memories.filter(({ text, subject, value }) => {
    const held = fold(`${text} ${subject} ${value}`)
    return words.every((word) => held.includes(word))
  })
}

function answer(text: string, language: AnswerLanguage): MemoryAnswer {
  return { text, parts: [{ type: 'text', text }], language }
}
