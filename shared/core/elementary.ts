/**
 * exp, log, tanh and their like from + - * / and sqrt alone, which IEEE 754 rounds alike everywhere; the functions of
 * Math differ in their last bit from one machine to the next. Errors stay below 2 units in the last place (3 for tanh).
 */

/** 2^(j/32): the nearest double, and what it lacks. */
const root = new Float64Array([
  1.0, 1.0218971486541166, 1.0442737824274138, 1.0671404006768237, 1.0905077326652577, 1.1143867425958924,
  1.1387886347566916, 1.1637248587775775, 1.189207115002721, 1.215247359980469, 1.241857812073484, 1.2690509571917332,
  1.2968395546510096, 1.3252366431597413, 1.3542555469368927, 1.383909881963832, 1.4142135623730951, 1.4451808069770467,
  1.4768261459394993, 1.5091644275934228, 1.5422108254079407, 1.5759808451078865, 1.6104903319492543, 1.645755478153965,
  1.681792830507429, 1.718619298122478, 1.7562521603732995, 1.7947090750031072, 1.8340080864093424, 1.8741676341103,
  1.9152065613971474, 1.9571441241754002,
]);
const rootRest = new Float64Array([
  0.0, 5.109225028973444e-17, 8.551889705537965e-17, -7.899853966841582e-17, -3.046782079812471e-17,
  1.0410278456845571e-16, 8.912812676025408e-17, 3.8292048369240935e-17, 3.982015231465646e-17, -7.712630692681488e-17,
  4.658027591836937e-17, 2.667932131342186e-18, 2.5382502794888315e-17, -2.8587312100388614e-17, 7.70094837980299e-17,
  -6.770511658794786e-17, -9.667293313452913e-17, -3.0237581349939873e-17, -3.483994556892796e-17,
  -1.016455327754295e-16, 7.949834809697621e-17, -1.0136916471278304e-17, 2.4707192569797888e-17,
  -1.0125679913674773e-16, 8.199010020581497e-17, -1.851380418263111e-17, 2.960140695448873e-17, 1.8227458427912087e-17,
  3.283107224245627e-17, -6.122763413004143e-17, -1.0619946056195963e-16, 8.960767791036668e-17,
]);

const lowestPower = -1074;
/** 2^k for k from -1074 to 1023, by doubling, which is exact. */
const powers = new Float64Array(1023 - lowestPower + 1);
powers[0] = Number.MIN_VALUE;
for (let i = 1; i < powers.length; i++) powers[i] = 2 * powers[i - 1]!;

const stepsPerUnit = 46.16624130844683; // 32 / ln 2
// ln 2 / 32 in two parts: a whole number of steps times the first part is exact.
const stepHigh = 0.021660849391992087;
const stepLow = 5.062034433330175e-13;
// ln 2 in two parts, likewise.
const ln2High = 0.6931471805592082;
const ln2Low = 7.371002565167799e-13;

const largestExponent = 709.782712893384;
const smallestExponent = -745.1332191019412;

/** e^r - 1 for |r| <= ln 2 / 64: the Taylor polynomial of degree 7, short of e^r - 1 by less than 4e-19 of r. */
function expm1OfSmall(r: number): number {
  const square = r * r;
  return r + square * (1 / 2 + r * (1 / 6) + square * (1 / 24 + r * (1 / 120) + square * (1 / 720 + r * (1 / 5040))));
}

/** Computes e^x. */
export function exp(x: number): number {
  if (!(x <= largestExponent)) return x === x ? Infinity : NaN;
  if (x < smallestExponent) return 0;
  const n = Math.floor(x * stepsPerUnit + 0.5);
  const j = n & 31;
  const high = root[j]!;
  const y = high + (rootRest[j]! + high * expm1OfSmall(x - n * stepHigh - n * stepLow));
  return scaled(y, n >> 5);
}

/** y 2^k for y in about [1, 2), rounded once. */
function scaled(y: number, k: number): number {
  if (k > 1023) return y * 2 * powers[1023 - lowestPower]!;
  if (k < lowestPower) return y * powers[k + 64 - lowestPower]! * powers[-64 - lowestPower]!;
  return y * powers[k - lowestPower]!;
}

/** Computes e^x - 1 without cancellation. */
export function expm1(x: number): number {
  // Beyond these ends the 1 is lost in rounding, and the sum below would overflow before the result does.
  if (!(x <= 40)) return exp(x);
  if (x < -40) return -1;
  if (x === 0) return x;
  const n = Math.floor(x * stepsPerUnit + 0.5);
  const j = n & 31;
  const power = powers[(n >> 5) - lowestPower]!;
  const high = root[j]! * power;
  return high - 1 + (rootRest[j]! * power + high * expm1OfSmall(x - n * stepHigh - n * stepLow));
}

/** Computes tanh x. */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size > 22) return x > 0 ? 1 : -1;
  const t = expm1(2 * size);
  const y = t / (t + 2);
  return x < 0 ? -y : y;
}

const bits = new DataView(new ArrayBuffer(8));

/** Computes the natural logarithm. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  if (x < 2.2250738585072014e-308) return log(x * 18014398509481984) - 54 * ln2High - 54 * ln2Low;
  bits.setFloat64(0, x);
  const head = bits.getUint32(0);
  let k = (head >>> 20) - 1023;
  bits.setUint32(0, (head & 0xfffff) | 0x3ff00000);
  let y = bits.getFloat64(0);
  if (y > Math.SQRT2) {
    y /= 2;
    k += 1;
  }
  // With s = f / (2 + f), log(1 + f) = 2 artanh s = f - s (f - R), R = 2 s^2/3 + 2 s^4/5 + ...
  const f = y - 1;
  const s = f / (2 + f);
  return k * ln2High + (f - s * (f - artanhRest(s * s)) + k * ln2Low);
}

/** 2 (artanh s / s - 1) for q = s^2 <= 0.0295, short by less than 1e-18. */
function artanhRest(q: number): number {
  let sum = 0;
  for (let i = 23; i >= 3; i -= 2) sum = q * (2 / i + sum);
  return sum;
}

/** Computes log(1 + x) for x > -1 without cancellation. */
export function log1p(x: number): number {
  const u = 1 + x;
  // What 1 + x lost in rounding, to first order: log(u + c) = log u + c / u.
  return u === Infinity ? u : log(u) + (x - (u - 1)) / u;
}

/** Computes 1 / (1 + e^-z); near 0 for z far below 0 it keeps its relative precision. */
export function sigmoid(z: number): number {
  const e = exp(-Math.abs(z));
  return (z < 0 ? e : 1) / (1 + e);
}

/** Computes the derivative of the sigmoid as e^-|z| / (1 + e^-|z|)^2, which never rounds to 0 while e^-|z| does not. */
export function sigmoidSlope(z: number): number {
  const e = exp(-Math.abs(z));
  return e / ((1 + e) * (1 + e));
}

/** Computes log(1 + e^z). */
export function softplus(z: number): number {
  return Math.max(z, 0) + log1p(exp(-Math.abs(z)));
}

const turnHigh = 6.283185307179586;
const turnLow = 2.4492935982947064e-16;

/** Computes the sine of u turns, that is of 2 pi u, for 0 <= u <= 1. */
export function sineOfTurns(u: number): number {
  // The distance to the nearest quarter turn is exact, and at most an eighth.
  const quarter = Math.floor(4 * u + 0.5);
  const r = u - quarter / 4;
  const size = (quarter & 1) === 0 ? sineOfSmall(r) : cosineOfSmall(r);
  return (quarter & 2) === 0 ? size : -size;
}

/** Computes the cosine of u turns for 0 <= u <= 1. */
export function cosineOfTurns(u: number): number {
  const quarter = Math.floor(4 * u + 0.5);
  const r = u - quarter / 4;
  const size = (quarter & 1) === 0 ? cosineOfSmall(r) : -sineOfSmall(r);
  return (quarter & 2) === 0 ? size : -size;
}

/** Taylor polynomials for at most an eighth of a turn; the first terms left out are below 1e-19 and 3e-18. */
function sineOfSmall(r: number): number {
  const x = r * turnHigh;
  const q = x * x;
  let sum = 0;
  for (let i = 17; i >= 3; i -= 2) sum = (-q / (i * (i - 1))) * (1 + sum);
  return x + (x * sum + r * turnLow);
}

function cosineOfSmall(r: number): number {
  const x = r * turnHigh;
  const q = x * x;
  let sum = 0;
  for (let i = 16; i >= 4; i -= 2) sum = (-q / (i * (i - 1))) * (1 + sum);
  return 1 - (q / 2) * (1 + sum);
}
