import type { EntityName } from '#contracts/entities.ts'

/** What an answer says beside its figures: what was taken for granted. Kept as data, so that it is told in the language of the question. */
export type Note =
  | { note: 'aboutIsTenPercent' }
  | { note: 'activity' }
  | { note: 'atRisk'; days: number }
  | { note: 'bothInOneOrder' }
  | { note: 'boughtBoth' }
  | { note: 'bestLeads' }
  | { note: 'closedIsWon' }
  | { note: 'colleagues' }
  | { note: 'comparedWith'; label: string; keys: readonly SharedKey[] }
  | { note: 'customersAre'; entity: EntityName; ordered: boolean }
  | { note: 'customerSince'; label: string }
  /** Conditions of the answer before, by their slots, that records of another kind cannot meet. */
  | { note: 'dropped'; entity: EntityName; from: EntityName; slots: readonly string[] }
  | { note: 'eachCurrencyAlone' }
  | { note: 'few'; unit: string; count: number }
  | { note: 'firstOfSame'; count: number }
  | { note: 'fiscalYear'; month: number }
  | { note: 'forecast' }
  | { note: 'inPipeline' }
  | { note: 'exceptions' }
  | { note: 'inStage' }
  /** Organisations taken for what a word of their names says. */
  | { note: 'kindByName'; entity?: 'organisations' | 'products'; text: string; word: string }
  | { note: 'mentionsOnly' }
  | { note: 'mixedCurrencies' }
  /** Months by their number. */
  | { note: 'months'; from: number; to: number }
  | { note: 'noCatalogue' }
  /** Fields that were asked for beside others and that whoever asks does not see, as `contacts.phone`. */
  | { note: 'notShown'; fields: readonly string[] }
  | { note: 'openTasks' }
  | { note: 'ofShown'; label: string }
  | { note: 'rankedByDeals'; state?: 'open' | 'won' }
  | { note: 'rankedByRevenue' }
  | { note: 'recently'; days: number }
  | { note: 'sales' }
  | { note: 'samePeriod'; until: string }
  | { note: 'sameKeys'; keys: readonly SharedKey[] }
  | { note: 'similar'; label: string; tests: readonly SimilarTest[] }
  | { note: 'soon'; days: number }
  | { note: 'stalled'; days: number }
  /** Days as ISO dates, both within. */
  | { note: 'takenAs'; from: string; to: string }
  | { note: 'tooLittleKnown'; label: string }
  | { note: 'weighted' }
  | { note: 'wordsInText'; text: string }

/** What two records may share to be taken for one. */
export type SharedKey = 'email' | 'phone' | 'mobile' | 'name' | 'nameAndOrganisation' | 'domain' | 'sku'

/** A field that records like another one agree in; a figure may lie between two. */
export type SimilarTest = { entity: EntityName; field: string } & ({ value: string } | { low: number; high: number })
