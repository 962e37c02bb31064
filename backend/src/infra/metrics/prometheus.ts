import { createRequire } from 'node:module'
import type * as PromClient from 'prom-client'

type Part<Name extends keyof typeof PromClient> = (typeof PromClient)[Name]

const require = createRequire(import.meta.url)

// The parts that are used: the whole of prom-client, with its cluster and push gateway, takes ten times as long to load.
export const Registry = require('prom-client/lib/registry.js') as Part<'Registry'>
export const Counter = require('prom-client/lib/counter.js') as Part<'Counter'>
export const Gauge = require('prom-client/lib/gauge.js') as Part<'Gauge'>
export const Histogram = require('prom-client/lib/histogram.js') as Part<'Histogram'>

export type Registry = PromClient.Registry

/** The figures of several processes added up, each metric by its aggregator, in the text format of Prometheus. */
export function sumOf(figures: readonly unknown[]): Promise<string> {
  const { AggregatorRegistry } = require('prom-client') as typeof PromClient
  return AggregatorRegistry.aggregate(figures as object[]).metrics()
}
