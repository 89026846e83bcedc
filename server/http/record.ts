/** The routes by which a session is taken away, and who may: those who lead, and others where they have allowed it. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Router } from 'express';
import { accepted, refused, type Result } from '../../shared/protocol/refusal.ts';
import { leads } from '../../shared/protocol/roles.ts';
import type { Reader } from '../../shared/protocol/session-file.ts';
import { lookUp } from '../../shared/protocol/state.ts';
import type { Bearer } from '../rooms/admission.ts';
import type { OpenRoom } from '../rooms/registry.ts';
import type { RunStore } from '../store/runs.ts';
import { exportSession } from './export.ts';
import { refuse, route } from './route.ts';

/** Sessions that the server writes at once: each reads the store from end to end. */
const MAX_AT_ONCE = 8;

export type RecordParts = {
  readonly runs: RunStore;
  readonly now: () => number;
  readonly bearerOf: (request: Request) => Promise<Result<Bearer>>;
};

/** A room and who wants to take its session away, and may. */
type Asked = { readonly open: OpenRoom; readonly reader: Reader };

/** Adds the routes to those of rooms. */
export function recordRoutes(router: Router, { runs, now, bearerOf }: RecordParts): void {
  let underWay = 0;

  router.get(
    '/rooms/:code/export',
    route(async (request, response) => {
      const asked = await askedOf(request);
      if (!asked.ok) return refuse(response, asked.error);
      if (underWay >= MAX_AT_ONCE)
        return refuse(response, refused('rate-limited', `${underWay} sessions are being written; try again`).error);
      const { open, reader } = asked.value;
      const { room } = open;
      const { state, seq } = room;
      const text = exportSession({ log: room.stored.log, state, seq, at: now() }, reader, { events: room, runs });
      response
        .attachment(`deltaroom-${state.code}.jsonl`)
        .type('application/x-ndjson')
        .set('Cache-Control', 'no-store');
      underWay += 1;
      open.users += 1;
      try {
        await pipeline(Readable.from(text), response);
      } catch (error) {
        // Who has gone away needs no answer.
        if (!response.destroyed) throw error;
      } finally {
        underWay -= 1;
        open.users -= 1;
      }
    }),
  );

  async function askedOf(request: Request): Promise<Result<Asked>> {
    const bearer = await bearerOf(request);
    if (!bearer.ok) return bearer;
    const { open, who } = bearer.value;
    const { state } = open.room;
    if (who === 'host-key') return accepted({ open, reader: { id: who, role: 'host' } });
    const person = lookUp(state.people, who);
    if (person === undefined) throw new Error(`invariant violation: ${who} has a token and is not in the room`);
    if (leads(person.role) || state.record.open) return accepted({ open, reader: person });
    return refused('forbidden', 'those who lead have not opened the record of this room to others');
  }
}
