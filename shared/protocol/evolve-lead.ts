/** What events do to what the room follows. */
import type { NumberedEvent } from './events.ts';
import type { Lead } from './lead.ts';

export type LeadEvent = Extract<
  NumberedEvent,
  { type: 'view-shown' | 'view-locked' | 'everybody-called' | 'spotlight-set' }
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
    case 'spotlight-set':
      return { ...lead, spotlight: event.data.person };
    default:
      return event satisfies never;
  }
}
