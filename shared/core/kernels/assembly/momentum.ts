/** Descent with a velocity over a range of parameters, four at a time; and where the velocity alone would lead. */
import { normalOrZero } from './normal';
import { watch } from './watch';

/**
 * v <- mu v - scale g - decay p, w <- w + v; `scale` is the rate over the number of images, `decay` the rate times the weight
 * decay, p the weights where the gradient was taken. What float32 lacks of mu is added apart: of 0.999 that is a
 * hundred-thousandth of 1 - 0.999, and all velocities would be wrong by as much.
 */
export function momentum(w: usize, p: usize, v: usize, g: usize, bytes: usize, mu: f64, scale: f32, decay: f32): void {
  const keep = f32x4.splat(<f32>mu);
  const rest = f32x4.splat(<f32>(mu - <f64>(<f32>mu)));
  const s = f32x4.splat(scale);
  const c = f32x4.splat(decay);
  let seen = f32x4.splat(0);
  let seen1 = f32x4.splat(0);
  const end = w + bytes;
  for (; w + 32 <= end; w += 32, p += 32, v += 32, g += 32) {
    const move = accelerated(v128.load(v), v128.load(g), v128.load(p), keep, rest, s, c);
    const move1 = accelerated(v128.load(v, 16), v128.load(g, 16), v128.load(p, 16), keep, rest, s, c);
    const moved = f32x4.add(v128.load(w), move);
    const moved1 = f32x4.add(v128.load(w, 16), move1);
    v128.store(v, move);
    v128.store(v, move1, 16);
    v128.store(w, moved);
    v128.store(w, moved1, 16);
    seen = f32x4.add(seen, moved);
    seen1 = f32x4.add(seen1, moved1);
  }
  if (w < end) {
    const move = accelerated(v128.load(v), v128.load(g), v128.load(p), keep, rest, s, c);
    const moved = f32x4.add(v128.load(w), move);
    v128.store(v, move);
    v128.store(w, moved);
    seen = f32x4.add(seen, moved);
  }
  watch(f32x4.add(seen, seen1));
}

// @ts-ignore: decorator
@inline
function accelerated(v: v128, g: v128, p: v128, keep: v128, rest: v128, s: v128, c: v128): v128 {
  const down = f32x4.add(f32x4.mul(c, p), f32x4.mul(s, g));
  return normalOrZero(f32x4.add(f32x4.mul(keep, v), f32x4.sub(f32x4.mul(rest, v), down)));
}

/** Writes w + mu v. */
export function lookAhead(to: usize, w: usize, v: usize, bytes: usize, mu: f32): void {
  const keep = f32x4.splat(mu);
  let seen = f32x4.splat(0);
  const end = w + bytes;
  for (; w < end; to += 16, w += 16, v += 16) {
    const place = f32x4.add(v128.load(w), f32x4.mul(keep, v128.load(v)));
    v128.store(to, place);
    seen = f32x4.add(seen, place);
  }
  watch(seen);
}
