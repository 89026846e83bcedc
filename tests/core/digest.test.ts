/** The digest: the published value of its hash, and that it sees every bit but the payload of a NaN. */
import { describe, expect, test } from 'vitest';
import { digestOf, hash128 } from '../../shared/core/digest.ts';

const bytesOf = (text: string): Uint32Array => new Uint32Array(new TextEncoder().encode(text).buffer);

describe('The digest of parameters', () => {
  test('MurmurHash3_x86_128 gives its known answers', () => {
    const hex = (words: Uint32Array) => Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('');
    expect(hex(hash128(new Uint32Array(0)))).toBe('00000000000000000000000000000000');
    expect(hex(hash128(bytesOf('I will not buy this record, it is scratched.')))).toBe(
      'a0a9683b25ac5e40d9af2895890dddf5',
    );
  });

  test('is 32 hexadecimal digits that change with any number, its place and the precision', () => {
    const numbers = [0.1, -2, 3.5, 1e-30, 7];
    const swapped = [-2, 0.1, 3.5, 1e-30, 7];
    const digests = [
      digestOf(Float64Array.from(numbers)),
      digestOf(Float32Array.from(numbers)),
      digestOf(Float64Array.from(swapped)),
      digestOf(Float64Array.from([...numbers, 0])),
      digestOf(Float64Array.from(numbers.with(4, 7 + 2 ** -50))),
      digestOf(Float64Array.from([0])),
      digestOf(Float64Array.from([-0])),
    ];
    expect(new Set(digests).size).toBe(digests.length);
    for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{32}$/);
  });

  test('every NaN counts as the canonical one', () => {
    const withPayload = new Float32Array(Uint32Array.of(0xffc12345, 0x3f800000).buffer);
    const canonical = hash128(Uint32Array.of(0x7fc00000, 0x3f800000));
    expect(digestOf(withPayload)).toBe(Array.from(canonical, (word) => word.toString(16).padStart(8, '0')).join(''));
    const wide = new Float64Array(Uint32Array.of(0x12345678, 0xfff80000, 0, 0x3ff00000).buffer);
    expect(digestOf(wide)).toBe(digestOf(Float64Array.of(NaN, 1)));
  });
});
