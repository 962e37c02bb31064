import { entities } from '#contracts/entities.ts'
import type { Frame } from './frame.ts'

/** Makes a frame a list of its records. */
export function toList(frame: Frame): Frame {
  if (frame.kind === 'list' || frame.kind === 'lookup') {
    frame.kind = 'list'
    return frame
  }
  frame.kind = 'list'
  frame.groupBy = []
  frame.measures = []
  frame.sort = []
  delete frame.having
  delete frame.limit
  delete frame.part
  delete frame.derive
  return frame
}

/** Makes a frame the count of its records. */
export function toFigure(frame: Frame): void {
  frame.kind = 'figure'
  frame.measures = [{ fn: 'count' }]
  frame.groupBy = []
  frame.sort = []
  frame.fields = []
  frame.constraints = frame.constraints.filter((constraint) => constraint.slot !== 'ranked')
  delete frame.limit
}

/** A list drawn as a chart is its count by the thing one would look at first. */
export function chartable(frame: Frame): void {
  const { fields, defaultTime, defaultMeasure } = entities[frame.entity]
  const field = ['stage', 'status', 'industry', 'category', 'source', 'owner'].find((name) => fields[name] !== undefined)
  const money =
    frame.kind === 'figure'
      ? frame.measures
      : defaultMeasure !== undefined && fields[defaultMeasure]?.type === 'money' && frame.sort[0]?.by === defaultMeasure
        ? [{ fn: 'sum' as const, field: defaultMeasure }]
        : [{ fn: 'count' as const }]
  frame.kind = 'groups'
  frame.measures = money
  frame.groupBy = field === undefined ? [{ field: defaultTime, bucket: 'month' }] : [{ field }]
  frame.sort = []
  delete frame.limit
}
