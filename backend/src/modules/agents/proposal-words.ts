import type { Proposal } from '#contracts/approvals.ts'

/** What became of changes that a sentence asked for: a policy may have allowed some of them without asking. */
export function standingSentence(proposals: readonly Pick<Proposal, 'status'>[]): string {
  const count = (wanted: Proposal['status']) => proposals.filter(({ status }) => status === wanted).length
  const [done, pending, failed] = [count('approved'), count('pending'), count('failed')]
  const sentences: string[] = []
  if (done > 0)
    sentences.push(done === 1 ? 'It is done: a policy allows it without asking.' : `These ${done} changes are done: a policy allows them without asking.`)
  if (failed > 0) sentences.push(failed === 1 ? 'It could not be done; below it says why.' : `${failed} changes could not be done; below they say why.`)
  if (pending > 0 && pending < proposals.length)
    sentences.push(pending === 1 ? 'One change waits for your approval.' : `${pending} changes wait for your approval.`)
  else if (pending > 0) sentences.push(pending === 1 ? 'It waits for your approval.' : `These ${pending} changes wait for your approval.`)
  return sentences.join(' ')
}
