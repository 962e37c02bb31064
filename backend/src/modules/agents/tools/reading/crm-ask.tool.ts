import { z } from 'zod'
import { AppError } from '#backend/kernel/errors.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { Answerer, PlannerOutcome } from '../../answerer.ts'
import type { ConfidentialFields } from '../confidential/confidential-fields.service.ts'
import type { ReadTool } from '../registry.ts'
import { showsWords, toPrompt } from './planned.ts'

const input = z.strictObject({ question: z.string().trim().min(1).max(1000).describe('One question about records in plain words, complete in itself') })
const statementTimeoutMs = 5000

/** The built-in planner as a tool: most questions about records in one call. */
export function crmAskTool({ operations, answerer, confidential }: { operations: Operations; answerer: Answerer; confidential: ConfidentialFields }): ReadTool {
  return {
    effect: 'reads',
    name: 'crm.ask',
    title: 'Ask the CRM',
    description:
      'Answers one plain question about records exactly, such as "open opportunities of Acme over 20000" or "revenue by month this year". Try it first; when it declines, use records.query.',
    scope: 'crm:read',
    input,
    async run({ actor, now, timeZone, signal = new AbortController().signal }, given) {
      const { question } = given as z.infer<typeof input>
      const outcome = await operations.run<PlannerOutcome>(
        actor,
        { name: 'crm.ask', scope: 'crm:read', readOnly: true, statementTimeoutMs, query: ({ plan }) => ({ plan }) },
        (tx) => answerer.answer(tx, question, { now, timeZone, actor, signal, say: () => undefined }),
      )
      const told = toPrompt(outcome, await confidential.of(actor))
      if (told === undefined)
        throw new AppError('FORBIDDEN', 'The answer rests on fields that are kept from language models in this workspace, or from your role.')
      const { kind, citations, coverage, parts } = outcome
      return {
        value: told,
        untrusted: showsWords(outcome),
        ...(kind === 'answer' ? { citations, parts: parts.filter(({ type }) => type !== 'text' && type !== 'data-clarify') } : {}),
        ...(kind === 'answer' && coverage !== null ? { coverage } : {}),
      }
    },
  }
}
