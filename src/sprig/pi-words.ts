/**
 * The digits of pi behind the point as 32-bit words, which Blowfish takes for its first subkeys: calculated, as no table says where it is from.
 *
 * @param count how many words
 * @returns the words
 */
export function piWords (count: number): Uint32Array {
  const guard = 64n
  const scale = BigInt(count) * 32n + guard
  // Machin's formula: pi / 4 = 4 arctan(1/5) - arctan(1/239)
  const pi = 4n * (4n * inverseTangent(5n, scale) - inverseTangent(239n, scale))
  let fraction = (pi - (3n << scale)) >> guard
  const words = new Uint32Array(count)
  for (let i = count - 1; i >= 0; i--) {
    words[i] = Number(fraction & 0xffffffffn)
    fraction >>= 32n
  }
  return words
}

/** arctan(1 / `inverse`) × 2^`scale`, by its series. */
function inverseTangent (inverse: bigint, scale: bigint): bigint {
  const square = inverse * inverse
  let power = (1n << scale) / inverse
  let sum = 0n
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += n % 4n === 1n ? power / n : -(power / n)
    power /= square
  }
  return sum
}
