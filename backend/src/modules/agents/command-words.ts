import type { AnswerLanguage } from '#contracts/chat.ts'
import type { AgentDefinition } from './agent-definition.ts'

/** What commands are answered with, in one language. */
export interface CommandWords {
  description(agent: AgentDefinition): string
  examples(agent: AgentDefinition): readonly string[]
  /** Why an agent has nothing to offer. */
  needsModel: string
  notAvailable: string
  /** Before and after the list of commands. */
  helpBefore: string
  helpCommand: string
  helpAfter: string
  also(aliases: readonly string[]): string
  /** A command alone, without a question. */
  agentWithoutModel(name: string, description: string, also: string): string
  agent(name: string, description: string, examples: readonly string[], also: string): string
  whichCommand: string
  noCommand: string
  unknown(command: string, suggestions: readonly string[]): string
}

const code = (texts: readonly string[]) => texts.map((text) => `\`${text}\``)

const english: CommandWords = {
  description: ({ description }) => description,
  examples: ({ examples }) => examples,
  needsModel: 'It needs a language model, and none is configured.',
  notAvailable: ' *Not available: it needs a language model, and none is configured.*',
  helpBefore: 'Ask in plain words, or begin with a command to choose who answers:',
  helpCommand: '- `/help`: lists these commands.',
  helpAfter: 'For example: “how many contacts were created last month?” or “open opportunities over 20000, biggest first”.',
  also: (aliases) => `Also: ${code(aliases).join(', ')}.`,
  agentWithoutModel: (name, description, also) =>
    `**${name} agent.** ${description} It needs a language model, and none is configured. Questions about your CRM are answered all the same, by the CRM agent. ${also}`,
  agent: (name, description, examples, also) =>
    `**${name} agent.** ${description} Write your question behind the command, for example ${code(examples).join(' or ')}. ${also}`,
  whichCommand: 'Which command did you mean?',
  noCommand: 'No command',
  unknown(command, suggestions) {
    const hint = suggestions.length === 0 ? '' : ` Did you mean ${code(suggestions).join(' or ')}?`
    return `There is no command \`${command}\`.${hint} \`/help\` lists every command; without a slash your message is read as a question.`
  },
}

const germanAgents: Readonly<Record<string, { description: string; examples: readonly string[] }>> = {
  crm: {
    description: 'Findet, zählt, summiert und gruppiert alles im CRM: Kontakte, Firmen, Leads, Deals, Pipelines, Bestellungen, Aufgaben, Termine und Notizen.',
    examples: ['/crm Wie viele Kontakte wurden letzten Monat angelegt?', '/crm offene Deals nach Phase'],
  },
  email: {
    description: 'Durchsucht die E-Mails im CRM: wer geschrieben hat, worüber und wann.',
    examples: ['/email E-Mails der letzten 7 Tage'],
  },
  product: {
    description: 'Kennt die Produkte: Preise, Kategorien, Bestand und wie sie sich verkaufen.',
    examples: ['/product Welche Produkte sind nicht auf Lager?'],
  },
  customer: {
    description: 'Betrachtet Kunden über ihre Bestellungen: wer kauft, wie oft und für wie viel.',
    examples: ['/customer Top 5 Kunden nach Umsatz'],
  },
  sales: {
    description: 'Kümmert sich um Leads und Deals: Pipeline, Abschlussquote, was festgefahren ist und was als Nächstes schließt.',
    examples: ['/sales Abschlussquote nach Besitzer', '/sales festgefahrene Deals über 20.000'],
  },
  analytical: {
    description: 'Vergleicht und gliedert die Zahlen im CRM, nach Monat, Besitzer, Phase oder jedem anderen Feld.',
    examples: ['/analytical Umsatz nach Monat'],
  },
  creative: { description: 'Schreibt: Geschichten, Slogans, Beiträge und andere freie Texte.', examples: [] },
  technical: { description: 'Erklärt und hilft bei Software: Code, Fehlern, Schnittstellen und Konfiguration.', examples: [] },
  financial: {
    description: 'Rechnet Geld zusammen, je Währung: Umsatz aus Bestellungen, Pipeline-Wert, Durchschnitte und Summen.',
    examples: ['/financial Umsatz dieses Jahr'],
  },
}

const german: CommandWords = {
  description: ({ id, description }) => germanAgents[id]?.description ?? description,
  examples: ({ id }) => germanAgents[id]?.examples ?? [],
  needsModel: 'Er braucht ein Sprachmodell, und keines ist eingerichtet.',
  notAvailable: ' *Nicht verfügbar: Er braucht ein Sprachmodell, und keines ist eingerichtet.*',
  helpBefore: 'Fragen gehen in normalen Worten; ein Befehl am Anfang bestimmt, wer antwortet:',
  helpCommand: '- `/help`: zeigt diese Befehle.',
  helpAfter: 'Zum Beispiel: „Wie viele Kontakte wurden letzten Monat angelegt?“ oder „offene Deals über 20.000, größte zuerst“.',
  also: (aliases) => `Auch: ${code(aliases).join(', ')}.`,
  agentWithoutModel: (name, description, also) =>
    `**${name}-Agent.** ${description} Er braucht ein Sprachmodell, und keines ist eingerichtet. Fragen zum CRM beantwortet trotzdem der CRM-Agent. ${also}`,
  agent: (name, description, examples, also) =>
    `**${name}-Agent.** ${description} Die Frage steht hinter dem Befehl${examples.length === 0 ? '' : `, zum Beispiel ${code(examples).join(' oder ')}`}. ${also}`,
  whichCommand: 'Welcher Befehl ist gemeint?',
  noCommand: 'Kein Befehl',
  unknown(command, suggestions) {
    const hint = suggestions.length === 0 ? '' : ` Ist ${code(suggestions).join(' oder ')} gemeint?`
    return `Den Befehl \`${command}\` gibt es nicht.${hint} \`/help\` zeigt alle Befehle; ohne Schrägstrich wird die Nachricht als Frage gelesen.`
  },
}

const words: Readonly<Record<AnswerLanguage, CommandWords>> = { en: english, de: german }

export function commandWords(language: AnswerLanguage = 'en'): CommandWords {
  return words[language]
}
