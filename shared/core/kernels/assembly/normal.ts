/**
 * What optimizers remember dies away where no gradient comes any more, as at pixels that few images have. There it
 * ends at 0 before it is subnormal: for such numbers many processors take ten to a hundred times as long.
 */

/** Each four times: all bits but the sign, and the smallest normal number. */
const constants = memory.data<u32>([
  0x7fffffff, 0x7fffffff, 0x7fffffff, 0x7fffffff,
  0x00800000, 0x00800000, 0x00800000, 0x00800000,
]);

/** |x| */
// @ts-ignore: decorator
@inline
export function sizeOf(x: v128): v128 {
  return v128.and(x, v128.load(constants));
}

/** x, or 0 where x is subnormal. NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function normalOrZero(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(sizeOf(x), v128.load(constants, 16)));
}
