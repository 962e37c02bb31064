/** A worker that found no database ends with it (EX_TEMPFAIL of sysexits.h). */
export const exitWithoutDatabase = 75

/** What the primary process tells a worker. */
export type ToWorker =
  /** It may serve: the data folder is claimed for all of us. */
  | { type: 'claimed' }
  /** It now does what is done once and not by every worker. */
  | { type: 'lead' }
  /** Another one has taken its place: end what is being answered, take nothing more, go. */
  | { type: 'retire' }
  /** Too many are on their way out: do not wait for clients that keep their connections and say nothing. */
  | { type: 'hurry' }
  | { type: 'stop' }
  | { type: 'reopenLogs' }
  /** Its figures are wanted. */
  | { type: 'figures'; id: number }
  /** The figures of all that it asked for. */
  | { type: 'allFigures'; id: number; figures: unknown[] }

/** What a worker tells the primary process. */
export type ToPrimary =
  /** The database is open and up to date. */
  | { type: 'opened'; adminUrl: string }
  /** Requests are served. */
  | { type: 'ready' }
  /** Nothing new is taken any more. */
  | { type: 'retired' }
  | { type: 'figures'; id: number; figures: unknown }
  /** It was asked for the figures of all. */
  | { type: 'wantFigures'; id: number }
  /** Its last figures, before it ends. */
  | { type: 'lastFigures'; figures: unknown }
