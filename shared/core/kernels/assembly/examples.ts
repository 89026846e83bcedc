/**
 * The training images and those on their way through: bytes as records of their filled pixels, other numbers as rows of
 * float32. A piece of images is chosen, then handed out in blocks, in the form that serves best: records, the same turned
 * round into columns for the gradient, or rows with every pixel. Which it is changes no bit of any sum.
 */
import { columnsBytes, turn } from './columns';
import { filledPixels, longestRecord, pack, prepareImages, unpack } from './images';
import { allocate, here, reach, take } from './memory';

/** From so many images on, turning them round pays. */
const imagesWorthTurning = 48;
/** Columns of so many first images are kept, for probes and full batches, which come again and again in the same order. */
const imagesKeptTurned = 2000;
const mostKeptPieces = 64;

let inputs = 0;
let outputRow: usize = 0;
let piece = 0;
let count = 0;

let packed = false;
/** Addresses of the records, or rows of float32. */
let records: usize = 0;
let values: usize = 0;
let labels: usize = 0;
/** Rows of targets; 0: one-hot by the label, or the inputs themselves. */
let targets: usize = 0;
let mirrored = false;

// The piece that was chosen.
let order: usize = 0;
let ordered = false;
let first = 0;
let sources: usize = 0;
let unpacking = false;
/** Rows of float32 that lie in place; 0: they have to be gathered. */
let inPlace: usize = 0;
/** The columns of the piece; 0: it is worked image by image. */
let columns: usize = 0;

// Room for a block, and for images that are staged.
let pixels: usize = 0;
let goals: usize = 0;
let staged: usize = 0;
let stagedRecords: usize = 0;

// Columns: room for one piece, and those that are kept: first image, number of images, address of each.
let turned: usize = 0;
let kept: usize = 0;
let keptPieces = 0;
let keptNext: usize = 0;
let keptEnd: usize = 0;

/** Makes room for pieces and blocks. */
export function makeRoom(width: i32, answerRow: usize, pieceImages: i32, block: i32, bytes: bool): void {
  inputs = width;
  outputRow = answerRow;
  piece = pieceImages;
  packed = bytes;
  prepareImages();
  order = allocate(<usize>piece << 2);
  sources = allocate(<usize>piece << 2);
  pixels = allocate((<usize>block * width) << 2);
  goals = allocate(<usize>block * answerRow);
  staged = allocate(<usize>piece * width * (bytes ? 1 : 4) + 16);
  if (bytes) stagedRecords = allocate(<usize>block * longestRecord(width));
}

/**
 * Makes room for so many training images, whose values, labels and targets are then written to the places told below. Their targets
 * are one-hot by the label (0), rows of their own (1), or their inputs (2).
 */
export function makeRoomForExamples(examples: i32, targetsOfExamples: i32): void {
  count = examples;
  labels = allocate(examples);
  if (targetsOfExamples == 1) targets = allocate(<usize>examples * outputRow);
  mirrored = targetsOfExamples == 2;
  if (packed) records = allocate(<usize>examples << 2);
  else values = allocate((<usize>examples * inputs) << 2);
}

let packedImages = 0;

/** Packs so many staged images as the next training images; with the last ones comes the room for columns. */
export function packStaged(images: i32): void {
  const longest = longestRecord(inputs);
  for (let i = 0; i < images; i++) {
    const record = here();
    reach(record, longest);
    store<usize>(records + (<usize>packedImages << 2), record);
    take(pack(staged + i * inputs, inputs, record));
    packedImages++;
  }
  if (packedImages == count && min(piece, count) >= imagesWorthTurning) makeRoomForColumns();
}

function makeRoomForColumns(): void {
  let fullest = 0;
  let early = 0;
  for (let i = 0; i < count; i++) {
    const filled = filledPixels(load<usize>(records + (<usize>i << 2)));
    fullest = max(fullest, filled);
    if (i < imagesKeptTurned) early += filled;
  }
  turned = allocate(columnsBytes(inputs, fullest * min(piece, count)));
  kept = allocate(mostKeptPieces * 12);
  const pieces = min(mostKeptPieces, min(count, imagesKeptTurned) / imagesWorthTurning + 1);
  keptNext = allocate(columnsBytes(inputs, 0) * pieces + (<usize>early << 2));
  keptEnd = here();
}

export function placeOfOrder(): usize { return order; }
export function placeOfStaged(): usize { return staged; }
export function placeOfValues(): usize { return values; }
export function placeOfLabels(): usize { return labels; }
export function placeOfTargets(): usize { return targets; }

/**
 * Chooses training images: so many of the order, or from `from` on. Only with `finite` parameters blank pixels are skipped;
 * `forGradient` they may be turned round, for deltas in rows of `row` bytes.
 */
export function choosePiece(from: i32, n: i32, byOrder: bool, finite: bool, forGradient: bool, row: usize): void {
  first = from;
  ordered = byOrder;
  columns = 0;
  if (!packed) {
    inPlace = byOrder ? 0 : values + ((<usize>from * inputs) << 2);
    return;
  }
  let filled = 0;
  for (let i = 0; i < n; i++) {
    const record = load<usize>(records + (<usize>indexOf(i) << 2));
    store<usize>(sources + (<usize>i << 2), record);
    filled += filledPixels(record);
  }
  unpacking = isMostlyFilled(filled, n) || !finite;
  if (forGradient && !unpacking && n >= imagesWorthTurning) columns = columnsOf(n, filled, row);
}

/** Chooses so many of the staged images, at most a block, from `from` on. */
export function chooseStaged(from: i32, n: i32, finite: bool): void {
  if (!packed) {
    inPlace = staged + ((<usize>from * inputs) << 2);
    return;
  }
  let filled = 0;
  let record = stagedRecords;
  for (let i = 0; i < n; i++) {
    store<usize>(sources + (<usize>i << 2), record);
    const next = pack(staged + (from + i) * inputs, inputs, record);
    filled += filledPixels(record);
    record = next;
  }
  unpacking = isMostlyFilled(filled, n) || !finite;
}

function isMostlyFilled(filled: i32, n: i32): bool {
  return filled * 5 >= n * inputs * 3;
}

// @ts-ignore: decorator
@inline
function indexOf(i: i32): i32 {
  return ordered ? load<i32>(order + (<usize>i << 2)) : first + i;
}

/** Finds the columns of the piece among those kept, or makes them. */
function columnsOf(n: i32, filled: i32, row: usize): usize {
  if (!ordered) {
    for (let i = 0; i < keptPieces; i++) {
      const entry = kept + <usize>i * 12;
      if (load<i32>(entry) == first && load<i32>(entry, 4) == n) return load<usize>(entry, 8);
    }
    const next = keptNext + columnsBytes(inputs, filled);
    if (keptPieces < mostKeptPieces && next <= keptEnd) {
      const entry = kept + <usize>keptPieces * 12;
      store<i32>(entry, first);
      store<i32>(entry, n, 4);
      store<usize>(entry, keptNext, 8);
      keptPieces++;
      const columns = keptNext;
      keptNext = next;
      turn(sources, n, inputs, row, columns);
      return columns;
    }
  }
  turn(sources, n, inputs, row, turned);
  return turned;
}

/** The columns of the piece, or 0. */
// @ts-ignore: decorator
@inline
export function chosenColumns(): usize {
  return columns;
}

/** The record of an image of the piece. */
// @ts-ignore: decorator
@inline
export function recordOf(i: i32): usize {
  return load<usize>(sources + (<usize>i << 2));
}

/** Rows of float32 of a block of the piece, from `at` on; 0: it is worked as records. */
export function rowsOf(at: i32, n: i32): usize {
  const bytes = <usize>inputs << 2;
  if (packed) {
    if (!unpacking) return 0;
    for (let b = 0; b < n; b++) unpack(recordOf(at + b), inputs, pixels + b * bytes);
    return pixels;
  }
  if (inPlace != 0) return inPlace + at * bytes;
  for (let b = 0; b < n; b++) memory.copy(pixels + b * bytes, values + indexOf(at + b) * bytes, bytes);
  return pixels;
}

export function labelOf(i: i32): i32 {
  return load<u8>(labels + indexOf(i));
}

/** Rows of targets of a block of the piece; without any of their own they are the inputs, or 1 for the class of the label. */
export function targetsOf(at: i32, n: i32): usize {
  if (mirrored) return mirrorsOf(at, n);
  if (targets != 0 && !ordered) return targets + (first + at) * outputRow;
  if (targets != 0) {
    for (let b = 0; b < n; b++) memory.copy(goals + b * outputRow, targets + indexOf(at + b) * outputRow, outputRow);
    return goals;
  }
  memory.fill(goals, 0, n * outputRow);
  for (let b = 0; b < n; b++) store<f32>(goals + b * outputRow + (<usize>labelOf(at + b) << 2), 1);
  return goals;
}

/** The inputs of a block of the piece in rows as long as those of outputs. */
function mirrorsOf(at: i32, n: i32): usize {
  for (let b = 0; b < n; b++) {
    const row = goals + b * outputRow;
    if (packed) unpack(recordOf(at + b), inputs, row);
    else memory.copy(row, values + ((<usize>indexOf(at + b) * inputs) << 2), <usize>inputs << 2);
  }
  return goals;
}
