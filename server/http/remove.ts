/** The route by which a host deletes a room for good, with everything that was ever stored of it. */
import type { Request, Router } from 'express';
import { refused, type Result } from '../../shared/protocol/refusal.ts';
import { lookUp } from '../../shared/protocol/state.ts';
import type { Bearer } from '../rooms/admission.ts';
import type { Registry } from '../rooms/registry.ts';
import { refuse, route } from './route.ts';

export type RemoveParts = {
  readonly registry: Registry;
  readonly bearerOf: (request: Request) => Promise<Result<Bearer>>;
};

/** Adds `DELETE /rooms/:code`: for the host key and for hosts, not for co-hosts, also of a room that has ended. */
export function removeRoute(router: Router, { registry, bearerOf }: RemoveParts): void {
  router.delete(
    '/rooms/:code',
    route(async (request, response) => {
      const bearer = await bearerOf(request);
      if (!bearer.ok) return refuse(response, bearer.error);
      const { open, who } = bearer.value;
      const { id, state } = { id: open.room.stored.id, state: open.room.state };
      const isHost = who === 'host-key' || lookUp(state.people, who)?.role === 'host';
      if (!isHost) return refuse(response, refused('forbidden', 'only a host may delete a room').error);
      if (!(await registry.remove(id)))
        return refuse(response, refused('unavailable', 'the training of the room has not ended yet; try again').error);
      response.json({ deleted: state.code });
    }),
  );
}
