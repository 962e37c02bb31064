/** Which parent a child has, and which children a parent has, both without a table. */
export interface Congruence {
  parentOf(child: number): number | undefined
  childrenOf(parent: number): number[]
}

/** Deals children over parents evenly, neighbours far apart. */
export function createCongruence(children: number, parents: number, salt: number): Congruence {
  if (parents === 0) return { parentOf: () => undefined, childrenOf: () => [] }
  const multiplier = coprimeFrom(Math.floor(parents * 0.618) + 1, parents)
  const inverse = inverseOf(multiplier, parents)
  return {
    parentOf: (child) => (child * multiplier + salt) % parents,
    childrenOf(parent) {
      const difference = (((parent - salt) % parents) + parents) % parents
      const first = (difference * inverse) % parents
      const found: number[] = []
      for (let child = first; child < children; child += parents) found.push(child)
      return found
    },
  }
}

function coprimeFrom(start: number, size: number): number {
  let candidate = start
  while (greatestCommonDivisor(candidate, size) !== 1) candidate++
  return candidate
}

function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y !== 0) [x, y] = [y, x % y]
  return x
}

/** The number that takes a multiplication back, by Euclid's extended algorithm. */
function inverseOf(value: number, modulus: number): number {
  let [remainder, nextRemainder] = [value % modulus, modulus]
  let [factor, nextFactor] = [1, 0]
  while (nextRemainder !== 0) {
    const quotient = Math.floor(remainder / nextRemainder)
    ;[remainder, nextRemainder] = [nextRemainder, remainder - quotient * nextRemainder]
    ;[factor, nextFactor] = [nextFactor, factor - quotient * nextFactor]
  }
  return ((factor % modulus) + modulus) % modulus
}
