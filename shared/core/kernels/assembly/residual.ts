/** Residual connections: a hidden layer as wide as what it reads adds that to its outputs, and hands its errors on as they are. */
import { recordOf } from './examples';
import { placesOf, scaled, valuesOf } from './images';
import { Layer } from './layer';

/** Adds numbers to as many others, for whole vectors. */
export function addTo(out: usize, numbers: usize, vectors: i32): void {
  const end = out + (<usize>vectors << 4);
  for (; out < end; out += 16, numbers += 16) v128.store(out, f32x4.add(v128.load(out), v128.load(numbers)));
}

/** Adds to the first layer's outputs the block of images that begins at `at`: its `rows`, or where they are 0 its records. */
export function addImages(layer: Layer, at: i32, n: i32, rows: usize): void {
  let out = layer.outputs;
  for (let b = 0; b < n; b++, out += layer.row) {
    if (rows == 0) addPixels(out, recordOf(at + b));
    else addRow(out, rows + b * (<usize>layer.inputs << 2), layer.inputs);
  }
}

function addPixels(out: usize, record: usize): void {
  const end = valuesOf(record);
  let value = end;
  for (let place = placesOf(record); place < end; place += 2, value++) {
    const unit = out + (<usize>load<u16>(place) << 2);
    store<f32>(unit, load<f32>(unit) + load<f32>(scaled + (<usize>load<u8>(value) << 2)));
  }
}

/** A row of inputs has no padding: what is left of it beyond whole vectors is added one by one. */
function addRow(out: usize, inputs: usize, count: i32): void {
  addTo(out, inputs, count >> 2);
  for (let k: usize = count & ~3; k < <usize>count; k++) {
    const unit = out + (k << 2);
    store<f32>(unit, load<f32>(unit) + load<f32>(inputs + (k << 2)));
  }
}
