/** Below this score something in the question stayed unexplained. */
export const answerable = -2.4

/**
 * Scores and the share of answers that were right at them, between which the confidence is interpolated.
 *
 * Source: 1,074 answers to the question tables of the demo company (`backend/test/questions` with `voices`, but for `personal`, which is asked
 * as somebody else) on 22 November 2026, judged by gold SQL. Right were 1,034 of 1,045 from -0.6 up, 25 of 25 from there to -1.0, 2 of 3 to
 * -1.5 and 0 of 1 below; each share is (right + 1) / (answers + 2), after Laplace, so that few cases promise little. The planner has
 * been improved on these tables, so another company's questions are answered somewhat worse; `demo-questions.test.ts` prints the table anew.
 */
const knots: readonly (readonly [score: number, share: number])[] = [
  [-2.4, 0.33],
  [-1.5, 0.6],
  [-1, 0.96],
  [-0.6, 0.989],
]

/** How sure the planner is of an answer of a score: the share of answers at such a score that are right, 0-1. */
export function confidenceOf(score: number): number {
  const above = knots.findIndex(([at]) => score < at)
  if (above === -1) return (knots.at(-1) as readonly [number, number])[1]
  const [right, left] = [knots[above], knots[above - 1]]
  if (right === undefined || left === undefined) return (knots[0] as readonly [number, number])[1]
  return left[1] + ((score - left[0]) / (right[0] - left[0])) * (right[1] - left[1])
}
