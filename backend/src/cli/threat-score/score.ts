import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#backend/kernel/errors.ts'
import { assessRequest, blockAt, type RequestParts } from '#backend/modules/security/index.ts'
import { asBody, asQuery, readCrsRequests, readInjectionLists, readParameters } from './attack-lists.ts'
import { readBusinessTexts } from './business-texts.ts'
import { readToolRequests } from './gotestwaf.ts'
import { medianMs } from './speed.ts'

/** One figure with what it has to be; without a target it is for information. */
export interface Figure {
  name: string
  flagged: number
  total: number
  rate: number
  target?: { atLeast: number } | { atMost: number }
  isMet: boolean
}

export interface ThreatScore {
  figures: Figure[]
  /** Lists with a target that the folder does not have. */
  missing: string[]
  medianMs: number
  maximumMs: number
  isMet: boolean
}

const maximumMs = 0.3
const withTarget = [
  'GoTestWAF community',
  'GoTestWAF false-pos',
  'HttpParams sqli',
  'HttpParams xss',
  'HttpParams path-traversal',
  'HttpParams cmdi',
  'Business text in a query',
  'Business text in a body',
]

export type Target = { atLeast: number } | { atMost: number }

/** How many of the requests the guard would block. */
export function figure(name: string, requests: Iterable<RequestParts>, target?: Target): Figure {
  let total = 0
  let flagged = 0
  for (const request of requests) {
    total += 1
    if (assessRequest(request).score >= blockAt) flagged += 1
  }
  const rate = total === 0 ? 0 : flagged / total
  const isMet = target === undefined || ('atLeast' in target ? rate >= target.atLeast : rate <= target.atMost)
  return { name, flagged, total, rate, ...(target !== undefined && { target }), isMet }
}

/** Measures the detector on the data folder: every attack list and every benign text that is there. */
export function measureFigures(data: string): Figure[] {
  const folder = join(data, 'threat')
  if (!existsSync(folder)) throw new AppError('NOT_FOUND', `There is no folder ${folder}; name the folder that holds "threat" with --data.`)
  const figures = [...toolFigures(folder), ...parameterFigures(folder), ...listFigures(folder), ...crsFigures(folder), ...businessFigures(data)]
  return figures.filter(({ total }) => total > 0)
}

/** The figures and the speed, against their targets. */
export function scoreThreats(data: string): ThreatScore {
  const figures = measureFigures(data)
  const median = medianMs()
  const missing = withTarget.filter((name) => !figures.some((one) => one.name.startsWith(name)))
  return { figures, missing, medianMs: median, maximumMs, isMet: figures.every(({ isMet }) => isMet) && median <= maximumMs }
}

function toolFigures(folder: string): Figure[] {
  const path = join(folder, 'gotestwaf_testcases.tar.gz')
  if (!existsSync(path)) return []
  return [...Map.groupBy(readToolRequests(path), (request) => request.folder)].map(([name, requests]) =>
    figure(
      `GoTestWAF ${name}`,
      requests.map(({ request }) => request),
      name.startsWith('false-pos') ? { atMost: 0.02 } : name === 'community' ? { atLeast: 0.85 } : undefined,
    ),
  )
}

const parameterTargets: Record<string, Target> = { sqli: { atLeast: 0.95 }, xss: { atLeast: 0.9 }, 'path-traversal': { atLeast: 0.9 }, cmdi: { atLeast: 0.8 } }

function parameterFigures(folder: string): Figure[] {
  const files = existsSync(join(folder, 'httpparams')) ? readdirSync(join(folder, 'httpparams')).filter((name) => /\.csv(?:\.gz)?$/.test(name)) : []
  return [...readParameters(files.map((name) => join(folder, 'httpparams', name)))].map(([kind, values]) =>
    figure(`HttpParams ${kind}`, values.map(asQuery), parameterTargets[kind]),
  )
}

function listFigures(folder: string): Figure[] {
  const path = join(folder, 'libinjection_data.tar.gz')
  if (!existsSync(path)) return []
  const groups = Map.groupBy(readInjectionLists(path), ([name]) => (name.startsWith('false') ? 'benign' : (name.split('-')[0] ?? name)))
  return [...groups].map(([name, lists]) =>
    figure(
      `libinjection ${name}`,
      lists.flatMap(([, values]) => values.map(asQuery)),
    ),
  )
}

function crsFigures(folder: string): Figure[] {
  const path = join(folder, 'crs_requests.jsonl.gz')
  if (!existsSync(path)) return []
  const requests = readCrsRequests(path).filter(({ level }) => level === 1)
  const pick = (wanted: number) => requests.filter(({ label }) => label === wanted).map(({ request }) => request)
  return [figure('Core Rule Set attacks, level 1', pick(1)), figure('Core Rule Set benign, level 1', pick(0))]
}

function businessFigures(data: string): Figure[] {
  const texts = [...readBusinessTexts(data).values()].flat()
  const target = { atMost: 0.002 }
  return [figure('Business text in a query', texts.map(asQuery), target), figure('Business text in a body', texts.map(asBody), target)]
}
