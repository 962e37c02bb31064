/** One metric of a process as prom-client tells it in JSON. */
interface MetricJson {
  name: string
  type: 'counter' | 'gauge' | 'histogram' | 'summary'
  values: { value: number; labels: Record<string, string | number>; metricName?: string }[]
}

/** Keeps what workers that have ended had counted, so that the sum over workers never falls. */
export function createEndedFigures() {
  const metrics = new Map<string, MetricJson>()
  return {
    /** Adds the counters and histograms of a worker that ends; its gauges end with it. */
    add(figures: unknown): void {
      for (const metric of figures as MetricJson[]) {
        if (metric.type !== 'counter' && metric.type !== 'histogram') continue
        const kept = metrics.get(metric.name)
        if (kept === undefined) {
          metrics.set(metric.name, structuredClone(metric))
          continue
        }
        const places = new Map(kept.values.map((value) => [placeOf(value), value]))
        for (const value of metric.values) {
          const place = places.get(placeOf(value))
          if (place === undefined) kept.values.push({ ...value })
          else place.value += value.value
        }
      }
    },
    /** As one more process, as it is now; nothing until one has ended. */
    asProcess(): unknown[] {
      return metrics.size === 0 ? [] : [structuredClone([...metrics.values()])]
    },
  }
}

function placeOf({ metricName = '', labels }: MetricJson['values'][number]): string {
  return `${metricName} ${JSON.stringify(Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1)))}`
}
