export interface Slope {
  /** Change for each unit of `x`. */
  slope: number
  /** Of the slope. */
  standardError: number
  /** Slope over its standard error; within ±2.6 it cannot be told from none at 1 % with 30 samples or more. */
  t: number
}

/** Ordinary least squares of `y` on `x`. */
export function slopeOf(points: readonly { x: number; y: number }[]): Slope {
  const count = points.length
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / count
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / count
  const squares = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0)
  const slope = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / squares
  const residuals = points.reduce((sum, { x, y }) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0)
  const standardError = Math.sqrt(residuals / (count - 2) / squares)
  return { slope, standardError, t: standardError === 0 ? 0 : slope / standardError }
}
