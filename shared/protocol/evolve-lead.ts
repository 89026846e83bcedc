/** What events do to what the room follows. */
import type { NumberedEvent } from './events.ts';
import type { Lead } from './lead.ts';
import type { PersonId } from './state.ts';

export type LeadEvent = Extract<
  NumberedEvent,
  { type: 'view-shown' | 'view-locked' | 'everybody-called' | `spotlight-${string}` }
>;

/** Returns what the room follows after one more event. */
export function evolveLead(lead: Lead, event: LeadEvent): Lead {
  switch (event.type) {
    case 'view-shown':
      return { ...lead, view: { text: event.data.view, by: event.data.person } };
    case 'view-locked':
      return { ...lead, locked: event.data.locked };
    case 'everybody-called':
      return { ...lead, calls: lead.calls + 1 };
    case 'spotlight-set': {
      const { person } = event.data;
      return { ...(person === null ? lead : withoutAsking(lead, person)), spotlight: person };
    }
    case 'spotlight-asked':
      return { ...lead, asked: [...(lead.asked ?? []), event.data.person] };
    case 'spotlight-declined':
      return withoutAsking(lead, event.data.person);
    default:
      return event satisfies never;
  }
}

/** Takes somebody off the list of those who ask for the spotlight. */
export function withoutAsking(lead: Lead, person: PersonId): Lead {
  return lead.asked?.includes(person) === true ? { ...lead, asked: lead.asked.filter((one) => one !== person) } : lead;
}
