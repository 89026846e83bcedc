/**
 * Judges a command against a room: the events that follow from it, or why it is refused. Pure: the clock and what has been
 * measured so far come in as `Circumstances`. The rules are numbered in README.md; the tests quote them.
 */
import type { Command, ServerCommand } from './commands.ts';
import { decideChallenges, decideValues } from './decide-challenges.ts';
import { decideChat } from './decide-chat.ts';
import { decideClosing } from './closing.ts';
import { decideBoard } from './decide-board.ts';
import { decideGuesses } from './decide-guesses.ts';
import { decideHands } from './decide-hands.ts';
import { decidePeople, hasEndedRefusal } from './decide-people.ts';
import { decideLead } from './decide-lead.ts';
import { decideLesson } from './decide-lesson.ts';
import { decidePlayhead } from './decide-playhead.ts';
import { decidePolls } from './decide-polls.ts';
import { decideProposals } from './decide-proposals.ts';
import { decideRights } from './decide-rights.ts';
import { decideRoom, endRoom } from './decide-room.ts';
import { decideQuestions } from './decide-questions.ts';
import { decideRuns } from './decide-runs.ts';
import { decidePoints, decideSweeps } from './decide-sweeps.ts';
import type { Circumstances, Decision } from './decision.ts';
import { isSealed } from './guesses.ts';
import { assertNever, refused } from './refusal.ts';
import { mayCommand } from './roles.ts';
import { isOver, lookUp, type Person, type PersonId, type RoomState } from './state.ts';

/** Decides what a person asks. */
export function decide(state: RoomState, actor: PersonId, command: Command, given: Circumstances): Decision {
  const person = lookUp(state.people, actor);
  if (person === undefined || !person.here) return refused('unauthorized', 'you are not in this room');
  if (!mayCommand(person.role, command.type)) {
    return refused('unauthorized', `a ${person.role} may not ${command.type}`, 'type');
  }
  if (state.endedAt !== null) return hasEndedRefusal();
  return decideAllowed(state, person, command, given);
}

function decideAllowed(state: RoomState, person: Person, command: Command, given: Circumstances): Decision {
  switch (command.type) {
    case 'leave':
      return { ok: true, events: [{ type: 'person-left', data: { person: person.id } }] };
    case 'propose':
    case 'withdraw':
    case 'accept':
    case 'reject':
      return decideProposals(state, person, command, given);
    case 'start':
    case 'stop':
    case 'fork':
    case 'pin':
    case 'unpin':
      return decideRuns(state, person, command, given);
    case 'vote':
    case 'comment':
    case 'hide-comment':
    case 'start-batch':
    case 'set-board':
      return decideBoard(state, person, command, given);
    case 'sweep':
    case 'hand-out':
    case 'end-sweep':
      return decideSweeps(state, person, command, given);
    case 'claim-cell':
    case 'fill-map':
    case 'try-rescue':
    case 'match':
      return decideChallenges(state, person, command, given);
    case 'pause':
    case 'resume':
    case 'step':
    case 'speed':
    case 'seek':
      return decidePlayhead(state, command, given);
    case 'guess':
    case 'count-hands':
    case 'discuss':
    case 'guess-again':
    case 'close-guess':
    case 'reveal':
      return decideGuesses(state, person, command, given);
    case 'rename':
    case 'grant':
    case 'revoke':
    case 'remove':
    case 'ban':
    case 'unban':
    case 'merge':
      return decideRights(state, person, command);
    case 'raise-hand':
    case 'lower-hand':
    case 'lower-all-hands':
      return decideHands(state, person, command);
    case 'admit':
    case 'admit-all':
    case 'lock':
    case 'unlock':
    case 'rotate-code':
    case 'settings':
    case 'end':
      return decideRoom(state, person, command, given);
    case 'open-poll':
    case 'answer-poll':
    case 'count-poll-hands':
    case 'close-poll':
    case 'poll-again':
    case 'reveal-poll':
    case 'show-answer':
      return decidePolls(state, person, command, given);
    case 'ask':
    case 'want-answer':
    case 'answer-question':
    case 'hide-question':
    case 'take-questions':
      return decideQuestions(state, person, command, given);
    case 'show-view':
    case 'lock-view':
    case 'call-back':
    case 'spotlight':
    case 'ask-spotlight':
    case 'decline-spotlight':
      return decideLead(state, person, command);
    case 'next':
    case 'skip':
    case 'back':
      return decideLesson(state, person, command, given);
    case 'chat':
    case 'say':
    case 'hide-message':
      return decideChat(state, person, command, given);
    case 'share-record':
      return { ok: true, events: [{ type: 'record-shared', data: command.data }] };
    default:
      return assertNever(command);
  }
}

/** Decides what the server itself asks: people coming and returning, runs coming to their end. */
export function decideServer(state: RoomState, command: ServerCommand, given: Circumstances): Decision {
  switch (command.type) {
    case 'join':
    case 'return':
      return decidePeople(state, command, given);
    case 'end-run': {
      const { run: id, end } = command.data;
      const run = lookUp(state.runs, id);
      if (run === undefined) return refused('not-found', `there is no run ${id}`);
      // A worker that reports twice, after a crash between report and answer, changes nothing.
      if (isOver(run.status)) return { ok: true, events: [] };
      if (isSealed(state, id)) return refused('conflict', `the end of ${id} is told when the guess on it is revealed`);
      return { ok: true, events: [{ type: 'run-ended', data: { run: id, end } }] };
    }
    case 'close-due':
      return decideClosing(state, given);
    case 'end-room':
      return state.endedAt === null ? endRoom(state, 'server') : { ok: true, events: [] };
    case 'take-points':
    case 'fail-sweep':
      return decidePoints(state, command);
    case 'take-values':
      return decideValues(state, command);
    default:
      return assertNever(command);
  }
}
