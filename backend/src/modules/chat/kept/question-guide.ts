import { type Actor, actorId } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { Grammar } from '#contracts/questions.ts'

const freshMs = 5 * 60_000
const mostKept = 200

/** What can be asked here; every example is tried, so the answer is kept for some minutes. */
export interface QuestionGuide {
  explain(actor: Actor, timeZone: string): Promise<Grammar>
}

export function createQuestionGuide({ operations, clock }: { operations: Operations; clock: Clock }): QuestionGuide {
  const kept = new Map<string, { at: number; grammar: Promise<Grammar> }>()
  return {
    async explain(actor, timeZone) {
      return operations.run(actor, { name: 'chat.grammar', scope: 'crm:read', event: null, readOnly: true }, async (tx) => {
        // Examples name values: whoever has been kept from one since is not told it any more.
        const hidden = (await tx.hidden()).fields.map(({ entity, field }) => `${entity}.${field}`)
        const key = `${actor.workspaceId}/${actorId(actor)}/${timeZone}/${hidden}`
        const now = clock.now()
        const known = kept.get(key)
        if (known !== undefined && now.getTime() - known.at < freshMs) return known.grammar
        // Loaded like the answerer: not before somebody asks.
        const { explainGrammar } = await import('#backend/modules/planner/index.ts')
        const grammar = explainGrammar(tx, { now, timeZone, actor })
        kept.set(key, { at: now.getTime(), grammar })
        const [oldest] = kept.keys()
        if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
        // What failed is tried again.
        grammar.catch(() => kept.delete(key))
        return grammar
      })
    },
  }
}
