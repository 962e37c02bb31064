import type { PlannerOutcome } from '#backend/modules/planner/planner.types.ts'
import type { World } from '#backend/modules/planner/world/world.ts'
import type { EntityName } from '#contracts/entities.ts'
import { sentenceList } from './format.ts'

const examples: readonly { entity: EntityName; question: string }[] = [
  { entity: 'opportunities', question: 'What is the total value of open deals by stage?' },
  { entity: 'order_lines', question: 'What was our revenue last month?' },
  { entity: 'contacts', question: 'Which contacts were added this month?' },
  { entity: 'tasks', question: 'Which tasks are overdue?' },
  { entity: 'organisations', question: 'How many companies are there by industry?' },
  { entity: 'leads', question: 'How many leads came in this month by source?' },
  { entity: 'products', question: 'Which are our 5 best-selling products?' },
  { entity: 'events', question: 'Which meetings are coming up this week?' },
]

/** Questions that this workspace could be asked. */
export function exampleQuestions(world: World, count = 3): string[] {
  const fitting = examples.filter(({ entity }) => (world.counts[entity] ?? 0) > 0)
  return (fitting.length > 0 ? fitting : examples).slice(0, count).map(({ question }) => question)
}

export function decline(reason: string, world: World): PlannerOutcome {
  const questions = exampleQuestions(world)
  const text = `${reason} You can ask, for example: ${sentenceList(questions.map((question) => `“${question}”`))}.`
  return { kind: 'decline', confidence: 0, text, parts: [{ type: 'text', text }], citations: [], coverage: null, memory: null, plan: null }
}

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
  similarity: 'Finding similar or duplicate records by chat is not available yet.',
  capabilities:
    'I answer questions about the records in this CRM: contacts, companies, leads, deals, products, orders, tasks, meetings, notes and e-mails; by name, place, time, amount, owner, stage, tag or custom field, as lists, counts, sums, averages, shares, rankings and charts.',
  quality: 'Nothing in the records says that.',
}

export function beyondReason(topic: string): string {
  return topics[topic] ?? `I only answer from the records in this CRM, and ${topic} is not among them.`
}

export const writeReason = 'I cannot change records by chat yet. You can do that in the app, on the page of the record itself.'
