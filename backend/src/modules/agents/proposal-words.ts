import type { Proposal } from '#contracts/approvals.ts'
import type { AnswerLanguage } from '#contracts/chat.ts'

interface Words {
  done(count: number): string
  failed(count: number): string
  /** Some of them wait, or all of them do. */
  someWait(count: number): string
  allWait(count: number): string
}

const words: Readonly<Record<AnswerLanguage, Words>> = {
  en: {
    done: (count) => (count === 1 ? 'It is done: a policy allows it without asking.' : `These ${count} changes are done: a policy allows them without asking.`),
    failed: (count) => (count === 1 ? 'It could not be done; below it says why.' : `${count} changes could not be done; below they say why.`),
    someWait: (count) => (count === 1 ? 'One change waits for your approval.' : `${count} changes wait for your approval.`),
    allWait: (count) => (count === 1 ? 'It waits for your approval.' : `These ${count} changes wait for your approval.`),
  },
  de: {
    done: (count) =>
      count === 1
        ? 'Das ist erledigt: Eine Regel erlaubt es ohne Rückfrage.'
        : `Diese ${count} Änderungen sind erledigt: Eine Regel erlaubt sie ohne Rückfrage.`,
    failed: (count) => (count === 1 ? 'Das ging nicht; darunter steht, warum.' : `${count} Änderungen waren nicht möglich; darunter steht jeweils, warum.`),
    someWait: (count) => (count === 1 ? 'Eine Änderung wartet auf Ihre Freigabe.' : `${count} Änderungen warten auf Ihre Freigabe.`),
    allWait: (count) => (count === 1 ? 'Das wartet auf Ihre Freigabe.' : `Diese ${count} Änderungen warten auf Ihre Freigabe.`),
  },
}

/** What became of changes that a sentence asked for: a policy may have allowed some of them without asking. */
export function standingSentence(proposals: readonly Pick<Proposal, 'status'>[], language: AnswerLanguage = 'en'): string {
  const say = words[language]
  const count = (wanted: Proposal['status']) => proposals.filter(({ status }) => status === wanted).length
  const [done, pending, failed] = [count('approved'), count('pending'), count('failed')]
  const sentences: string[] = []
  if (done > 0) sentences.push(say.done(done))
  if (failed > 0) sentences.push(say.failed(failed))
  if (pending > 0) sentences.push(pending < proposals.length ? say.someWait(pending) : say.allWait(pending))
  return sentences.join(' ')
}
