/**
 * PNG files as the tests need them: what browsers write is read, and a picture is written with a palette, which makes drawings
 * of few colours small. Only 8 bits a channel and no interlacing, which is all that either of them uses.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** Rows from top to bottom, each pixel as red, green, blue, 0 to 255. */
export type Picture = { readonly width: number; readonly height: number; readonly rgb: Uint8Array };

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Bytes of a pixel by the kind of colour: grey, RGB, palette, grey and alpha, RGBA. */
const bytesOfKind: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Reads a PNG file; what is transparent is laid on white. */
export function decodePng(file: Uint8Array): Picture {
  const bytes = Buffer.from(file);
  if (!bytes.subarray(0, 8).equals(signature)) throw new Error('this is no PNG file');
  const chunks = chunksOf(bytes);
  const head = chunks.find(({ name }) => name === 'IHDR')?.data ?? Buffer.alloc(13);
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const [depth, kind = -1, , , interlaced] = head.subarray(8);
  const size = bytesOfKind[kind];
  if (depth !== 8 || size === undefined || interlaced !== 0) throw new Error(`a PNG of kind ${kind}, ${depth} bits`);
  const palette = chunks.find(({ name }) => name === 'PLTE')?.data ?? Buffer.alloc(0);
  const packed = chunks.filter(({ name }) => name === 'IDAT').map(({ data }) => data);
  const rows = unfiltered(inflateSync(Buffer.concat(packed)), width * size, height, size);
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const at = pixel * size;
    const alpha = kind === 6 ? (rows[at + 3] ?? 255) : kind === 4 ? (rows[at + 1] ?? 255) : 255;
    for (let channel = 0; channel < 3; channel++) {
      const value = kind === 3 ? palette[(rows[at] ?? 0) * 3 + channel] : rows[at + (size < 3 ? 0 : channel)];
      rgb[pixel * 3 + channel] = Math.round(((value ?? 0) * alpha + 255 * (255 - alpha)) / 255);
    }
  }
  return { width, height, rgb };
}

/** Writes a picture with at most 256 colours; rarer colours become neighbours of theirs, as near as that number allows. */
export function encodePng({ width, height, rgb }: Picture): Buffer {
  const { colours, indexOf } = paletteOf(rgb);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = indexOf(colourAt(rgb, y * width + x));
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(colours.flatMap(channelsOf))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const colourAt = (rgb: Uint8Array, pixel: number): number =>
  ((rgb[pixel * 3] ?? 0) << 16) | ((rgb[pixel * 3 + 1] ?? 0) << 8) | (rgb[pixel * 3 + 2] ?? 0);

const channelsOf = (colour: number): number[] => [colour >> 16, (colour >> 8) & 255, colour & 255];

const distance = (one: number, other: number): number => {
  const [r = 0, g = 0, b = 0] = channelsOf(one);
  const [red = 0, green = 0, blue = 0] = channelsOf(other);
  return Math.max(Math.abs(r - red), Math.abs(g - green), Math.abs(b - blue));
};

/** Takes the commonest colours that are further apart than what makes them fit into 256. */
function paletteOf(rgb: Uint8Array): { colours: number[]; indexOf: (colour: number) => number } {
  const counts = new Map<number, number>();
  for (let pixel = 0; pixel * 3 < rgb.length; pixel++) {
    const colour = colourAt(rgb, pixel);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const byCount = [...counts].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour);
  for (let apart = 0; ; apart += 2) {
    const colours: number[] = [];
    for (const colour of byCount) {
      if (apart === 0 || colours.every((taken) => distance(taken, colour) > apart)) colours.push(colour);
      if (colours.length > 256) break;
    }
    if (colours.length > 256) continue;
    const known = new Map<number, number>(colours.map((colour, index) => [colour, index]));
    const nearest = (colour: number): number => {
      const distances = colours.map((taken) => distance(taken, colour));
      return distances.indexOf(Math.min(...distances));
    };
    const indexOf = (colour: number): number => {
      const index = known.get(colour) ?? nearest(colour);
      known.set(colour, index);
      return index;
    };
    return { colours, indexOf };
  }
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function chunksOf(bytes: Buffer): { name: string; data: Buffer }[] {
  const chunks: { name: string; data: Buffer }[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    chunks.push({ name: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

/** Undoes the filter that each row names in its first byte; `size` are the bytes of a pixel. */
function unfiltered(rows: Buffer, stride: number, height: number, size: number): Uint8Array {
  const plain = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < size ? 0 : (plain[at - size] ?? 0);
      const up = y === 0 ? 0 : (plain[at - stride] ?? 0);
      const corner = x < size || y === 0 ? 0 : (plain[at - stride - size] ?? 0);
      const value = rows[y * (stride + 1) + 1 + x] ?? 0;
      plain[at] = value + predicted(filter, left, up, corner);
    }
  }
  return plain;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const guess = left + up - corner;
      const [fromLeft, fromUp, fromCorner] = [left, up, corner].map((one) => Math.abs(guess - one));
      if ((fromLeft ?? 0) <= (fromUp ?? 0) && (fromLeft ?? 0) <= (fromCorner ?? 0)) return left;
      return (fromUp ?? 0) <= (fromCorner ?? 0) ? up : corner;
    }
    default:
      throw new Error(`a PNG with the filter ${filter}`);
  }
}
