/** Serves the training images in parts that never change: compressed once, when a part is first asked for, and kept. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RequestHandler } from 'express';
import type { Mnist } from '../../shared/core/dataset.ts';
import { encodePart, imageParts } from '../../shared/protocol/images.ts';
import { refused } from '../../shared/protocol/refusal.ts';
import { quote } from '../../shared/protocol/schema-errors.ts';
import { refuse } from './route.ts';

const compress = promisify(gzip);

/** Answers requests for the part that the parameter `part` names; nobody has to say who they are. */
export function serveImages(mnist: Mnist): RequestHandler<{ part: string }> {
  const compressed = new Map<number, Promise<Buffer>>();
  /** All parts together are 10 MB, so what was compressed once is never let go of; a failure is not kept. */
  const compressedPart = (part: number): Promise<Buffer> => {
    const known = compressed.get(part);
    if (known !== undefined) return known;
    const made = compress(encodePart(mnist, part));
    compressed.set(part, made);
    made.catch(() => compressed.delete(part));
    return made;
  };
  return (request, response, next) => {
    const { part: name } = request.params;
    const part = /^(?:0|[1-9]\d?)$/.test(name) ? Number(name) : Infinity;
    if (part >= imageParts) {
      const message = `there is no part ${quote(name)} of the images; there are 0 to ${imageParts - 1}`;
      return refuse(response, refused('not-found', message, 'part').error);
    }
    const send = (bytes: Uint8Array): void => {
      response
        .set({ 'Cache-Control': 'public, max-age=31536000, immutable', Vary: 'Accept-Encoding' })
        .type('application/octet-stream')
        .send(bytes);
    };
    if (request.acceptsEncodings('gzip') === 'gzip') {
      compressedPart(part).then((bytes) => {
        response.set('Content-Encoding', 'gzip');
        send(bytes);
      }, next);
    } else {
      send(encodePart(mnist, part));
    }
  };
}
