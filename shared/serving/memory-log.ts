/** Keeps the log of one room in memory. Only one queue writes to it, so nothing is ever unseen. */
import type { NumberedEvent } from '../protocol/events.ts';
import type { CommandAck } from '../protocol/wire.ts';
import type { EventLog, Lookup } from './log.ts';

/** Opens the log of a room with its first event. */
export function memoryLog(first: NumberedEvent): EventLog {
  const events: NumberedEvent[] = [first];
  const answers = new Map<string, CommandAck>();
  const lookup: Lookup = {
    answerTo: (person, command) => Promise.resolve(answers.get(`${person} ${command}`) ?? null),
    isCodeTaken: () => Promise.resolve(false),
    // Whoever writes to it alone also trains alone.
    isHeld: () => Promise.resolve(true),
  };
  return {
    isShared: false,
    eventsAfter: (_room, seq, most = Infinity) => Promise.resolve(events.slice(seq, seq + most)),
    async append(_room, seen, work) {
      const { addition, value } = await work(events.slice(seen), lookup);
      events.push(...addition.events);
      for (const { person, command, answer } of addition.answers) answers.set(`${person} ${command}`, answer);
      return value;
    },
  };
}
