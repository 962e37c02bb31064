import { describe, expect, it } from 'vitest'
import { phraseBook } from '#backend/modules/planner/index.ts'
import { type EntityName, entityNames } from '#contracts/entities.ts'
import { routeMessage } from './routing.ts'
import { fallbackText, replacedSentence, routingSentence, subjectOf } from './routing-words.ts'

describe('routeMessage', () => {
  it.each<[string, EntityName, string]>([
    ['how many contacts are there', 'contacts', 'crm'],
    ['open deals over 20000', 'opportunities', 'crm'],
    ['which deals are stalled', 'opportunities', 'sales'],
    ['win rate by owner', 'opportunities', 'sales'],
    ['who wrote last week', 'emails', 'email'],
    ['anything over 100 euros', 'products', 'product'],
    ['top customers by order total', 'orders', 'customer'],
    ['revenue last month', 'order_lines', 'financial'],
    ['contacts with the tag poem', 'contacts', 'crm'],
    ['customers in London', 'organisations', 'crm'],
  ])('%j about %s goes to %s', (message, entity, agent) => {
    expect(routeMessage(message, entity).agent.id).toBe(agent)
  })

  it.each([
    ['who is likely to churn', 'customer'],
    ['write me a poem', 'creative'],
    ['draft a reply to the last mail', 'email'],
    ['what is the margin on that', 'financial'],
    ['explain this stack trace', 'technical'],
    ['compare the two of them', 'analytical'],
    ['recommend something for Ana', 'product'],
    ['Bonjour', 'crm'],
    ['the storyteller', 'crm'],
  ])('%j, which has no plan, goes to %s', (message, agent) => {
    expect(routeMessage(message).agent.id).toBe(agent)
  })

  it('says why in one sentence', () => {
    expect(routeMessage('how many contacts', 'contacts').reason).toBe('It is about contacts, which the CRM agent looks after.')
    expect(routeMessage('which deals are stalled', 'opportunities').reason).toBe('It is about opportunities, and “stalled” is a matter for the Sales agent.')
    expect(routeMessage('write a poem').reason).toBe('“poem” is a matter for the Creative agent.')
    expect(routeMessage('hello').reason).toBe('Nothing in it points to another agent, so the CRM agent answers.')
  })
})

describe('why an agent answers', () => {
  it.each(['en', 'de'] as const)('calls records what the planner calls them, in %s', (language) => {
    for (const entity of entityNames) expect(subjectOf[language](entity)).toBe(phraseBook(language).nouns.entity(entity, 2))
  })

  it('is said in the language of the answer', () => {
    const { agent, why } = routeMessage('which deals are stalled', 'opportunities')
    expect(routingSentence(agent, why, 'de')).toBe('Es geht um Deals, und für „stalled“ ist der Sales-Agent da.')
    const creative = routeMessage('write a poem')
    expect(replacedSentence(creative.agent, creative.why, agent, 'de')).toBe(
      'Für „poem“ ist der Creative-Agent da. Er braucht ein Sprachmodell, und keines ist eingerichtet; daher antwortet der Sales-Agent.',
    )
    expect(fallbackText(creative.agent, false, 'de')).toBe(
      'Der Creative-Agent braucht ein Sprachmodell, und keines ist eingerichtet. Fragen zum CRM lassen sich beantworten.',
    )
  })
})
