/**
 * Scores and the share of answers that were right at them, between which the confidence is interpolated.
 *
 * Source: the 1,075 answers to the question tables of the demo company (`backend/test/questions`, those of `voices` but `personal` included)
 * on 22 November 2026, judged by gold SQL. Right were 987 of 999 from -0.6 up, 25 of 25 from there to -1.0, 2 of 3 to -1.5 and none of 1
 * below; each share is (right + 1) / (answers + 2), after Laplace, so that few cases promise little. The tables have been used to improve the
 * planner, so another company's questions are answered somewhat worse; `demo-questions.test.ts` prints the table anew and checks it.
 */
const knots: readonly (readonly [score: number, share: number])[] = [
  [-2.4, 0.33],
  [-1.5, 0.6],
  [-1, 0.96],
  [-0.6, 0.987],
]

/** How sure the planner is of an answer of a score: the share of answers at such a score that are right, 0-1. */
export function confidenceOf(score: number): number {
  const above = knots.findIndex(([at]) => score < at)
  if (above === -1) return (knots.at(-1) as readonly [number, number])[1]
  const [right, left] = [knots[above], knots[above - 1]]
  if (right === undefined || left === undefined) return (knots[0] as readonly [number, number])[1]
  return left[1] + ((score - left[0]) / (right[0] - left[0])) * (right[1] - left[1])
}
