/** What a gradient goes through before an optimizer is given it: mean, L2, L1, and the share that clipping leaves of it. */
import { maskBytes } from './images';
import { Layer } from './layer';
import { layerAt, network } from './network';
import { pointOf } from './point';
import { Optimizer } from './remembered';
import { squaresOf } from './statistics';

/** Tells whether the gradient has to be written anew; where L2 is all there is, descent takes it into its step. */
export function isRegularized(): bool {
  if (network.l1 != 0) return true;
  return network.decay != 0 && (network.clip < Infinity || network.optimizer >= Optimizer.rmsprop);
}

/** Turns the sums of layers that are not frozen into means, and adds L2 and L1 of the weights where they were taken. */
export function regularize(): void {
  for (let l = 0; l < network.count; l++) {
    const layer = layerAt(l);
    if (!layer.frozen) regularizeLayer(layer);
  }
  memory.fill(network.touched, 0xff, maskBytes);
}

function regularizeLayer(layer: Layer): void {
  const mean = f32x4.splat(<f32>(1 / <f64>network.images));
  const decay = f32x4.splat(<f32>min(network.decay, <f64>f32.MAX_VALUE));
  const l1 = f32x4.splat(<f32>min(network.l1, <f64>f32.MAX_VALUE));
  const signs = f32x4.splat(-0.0);
  const zero = f32x4.splat(0);
  let w = pointOf(layer);
  let g = layer.gradient;
  for (const end = g + layer.inputs * layer.row; g < end; g += 16, w += 16) {
    const x = v128.load(w);
    const decayed = f32x4.add(f32x4.mul(mean, v128.load(g)), f32x4.mul(decay, x));
    const signed = v128.and(v128.or(l1, v128.and(x, signs)), f32x4.ne(x, zero));
    v128.store(g, f32x4.add(decayed, signed));
  }
  let b = layer.biasGradient;
  for (const end = b + layer.row; b < end; b += 16) v128.store(b, f32x4.mul(mean, v128.load(b)));
}

/** What is left of a gradient of sums over so many images when its mean is shortened to the limit; all, where it is not finite. */
export function clippedShare(images: f64): f64 {
  let squares: f64 = 0;
  for (let l = 0; l < network.count; l++) {
    const layer = layerAt(l);
    if (layer.frozen) continue;
    squares += squaresOf(layer.gradient, layer.inputs * layer.vectors) + squaresOf(layer.biasGradient, layer.vectors);
  }
  const norm = sqrt(squares) / images;
  return norm > network.clip && norm < Infinity ? network.clip / norm : 1;
}
