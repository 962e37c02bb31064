import type { PlannerOutcome } from '#backend/modules/planner/planner.types.ts'
import { sentenceList } from './format.ts'

/** Says why a question is not answered, and questions that could be asked instead. */
export function decline(reason: string, examples: readonly string[]): PlannerOutcome {
  const instead = examples.length === 0 ? '' : ` You can ask, for example: ${sentenceList(examples.map((question) => `“${question}”`))}.`
  const text = `${reason}${instead}`
  return { kind: 'decline', confidence: 0, text, parts: [{ type: 'text', text }], citations: [], coverage: null, memory: null, plan: null }
}

/** Asks back with the readings as choices, each a whole message. */
export function clarify(question: string, options: readonly { label: string; message: string }[], confidence: number): PlannerOutcome {
  return {
    kind: 'clarify',
    confidence,
    text: question,
    parts: [
      { type: 'text', text: question },
      { type: 'data-clarify', data: { question, options: [...options] } },
    ],
    citations: [],
    coverage: null,
    memory: null,
    plan: null,
  }
}

export const greeting = 'Hello! I answer questions about the records in this CRM.'

const topics: Readonly<Record<string, string>> = {
  forecast: 'Forecasts are not available yet; what is in the pipeline, its value by stage and the win rate are.',
  churn: 'Churn and customer health are not computed yet; who ordered, how much and when can be asked.',
  recommendations: 'I answer from the records; I do not give advice.',
  capabilities:
    'I answer questions about the records in this CRM: contacts, companies, leads, deals, products, orders, tasks, meetings, notes and e-mails; by name, place, time, amount, owner, stage, tag or custom field, as lists, counts, sums, averages, shares, rankings and charts.',
  birthdays: 'I cannot look for birthdays yet, which come every year; the year of birth can be asked, as in “contacts born in 1980”.',
  quality: 'Nothing in the records says that.',
}

export function beyondReason(topic: string): string {
  return topics[topic] ?? `I only answer from the records in this CRM, and ${topic} is not among them.`
}

export const writeReason = 'I cannot change records by chat yet. You can do that in the app, on the page of the record itself.'
