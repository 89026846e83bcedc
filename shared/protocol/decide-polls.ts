/** Decides about polls: opening, answering, closing, asking again and revealing them. Rules Q1 to Q9. */
import type { Command } from './commands.ts';
import type { Circumstances, Decision } from './decision.ts';
import { fixedLimits, GRACE_MS } from './limits.ts';
import { isShown, secretRound } from './poll-secrets.ts';
import { type Poll, type PollAnswer, tallyOf } from './polls.ts';
import { type Refusal, refused } from './refusal.ts';
import { quote } from './schema-errors.ts';
import { lookUp, type Person, type RoomState } from './state.ts';

export type PollCommand = Extract<
  Command,
  {
    type:
      | 'open-poll'
      | 'answer-poll'
      | 'count-poll-hands'
      | 'close-poll'
      | 'poll-again'
      | 'reveal-poll'
      | 'show-answer';
  }
>;
type Data<T extends PollCommand['type']> = Extract<PollCommand, { type: T }>['data'];

export function decidePolls(state: RoomState, person: Person, command: PollCommand, given: Circumstances): Decision {
  if (command.type === 'open-poll') return decideOpen(state, command.data, given);
  const poll = lookUp(state.polls, command.data.poll);
  if (poll === undefined) return refused('not-found', `there is no poll ${command.data.poll}`, 'data.poll');
  const { kind } = poll.standing;
  const data = { poll: poll.id };
  switch (command.type) {
    case 'answer-poll':
      return decideAnswer(poll, person, command.data.answer, given);
    case 'count-poll-hands':
      return decideHands(poll, command.data.hands);
    case 'close-poll':
      return kind === 'open' ? { ok: true, events: [{ type: 'poll-closed', data }] } : standsAs(poll);
    case 'poll-again': {
      if (kind !== 'closed' || poll.round === 2) return standsAs(poll);
      const running = openPoll(state);
      if (running !== undefined) return alreadyOpen(running);
      const closesAt = inTime(command.data.seconds, given);
      return { ok: true, events: [{ type: 'poll-reopened', data: { ...data, closesAt } }] };
    }
    case 'reveal-poll':
      return decideReveal(poll, command.data, given);
    case 'show-answer':
      return decideShow(poll, command.data, given);
    default:
      return command satisfies never;
  }
}

const openPoll = (state: RoomState): Poll | undefined =>
  Object.values(state.polls).find(({ standing }) => standing.kind === 'open');

const standsAs = (poll: Poll): { ok: false; error: Refusal } =>
  refused('conflict', `${poll.id} is ${poll.standing.kind} in round ${poll.round}`, 'data.poll');

const alreadyOpen = (poll: Poll): { ok: false; error: Refusal } =>
  refused('conflict', `${poll.id} is still open; close it first`);

function decideOpen(state: RoomState, asked: Data<'open-poll'>, given: Circumstances): Decision {
  const running = openPoll(state);
  if (running !== undefined) return alreadyOpen(running);
  const { question, kind, options, seconds } = asked;
  const chooses = kind === 'choice' || kind === 'choices';
  if (chooses && options.length < 2) {
    return refused('invalid', `options has ${options.length} entries; a ${kind} needs at least 2`, 'data.options');
  }
  if (!chooses && options.length > 0) return refused('invalid', `a ${kind} has no options`, 'data.options');
  const count = Object.keys(state.polls).length;
  if (count >= fixedLimits.pollsPerRoom) {
    return refused('limit-reached', `the room has had ${count} polls; the limit is ${fixedLimits.pollsPerRoom}`);
  }
  const poll = `poll-${count + 1}`;
  const data = { poll, question, kind, options, closesAt: inTime(seconds, given) };
  return { ok: true, events: [{ type: 'poll-opened', data }], result: { poll } };
}

function decideAnswer(poll: Poll, person: Person, answer: PollAnswer, given: Circumstances): Decision {
  const { standing, round } = poll;
  if (standing.kind !== 'open') return standsAs(poll);
  if (standing.closesAt !== null && given.now > standing.closesAt + GRACE_MS) {
    return refused('conflict', `the time of ${poll.id} is over`, 'data.poll');
  }
  const fault = faultOf(poll, answer);
  if (fault !== null) return refused('invalid', fault, 'data.answer');
  const said = { poll: poll.id, round, person: person.id };
  return { ok: true, events: [{ type: 'poll-answered', data: said, private: answer }] };
}

/** Why an answer does not fit its question; null where it does. */
function faultOf({ id, kind, options }: Poll, answer: PollAnswer): string | null {
  const wanted = kind === 'number' ? 'number' : kind === 'text' ? 'text' : 'options';
  if (!(wanted in answer)) return `${id} asks for ${wanted}; the answer has ${Object.keys(answer).join(', ')}`;
  if (!('options' in answer)) return null;
  const beyond = answer.options.find((option) => option >= options.length);
  if (beyond !== undefined) return `option ${beyond} is not among 0 to ${options.length - 1}`;
  if (kind === 'choice' && answer.options.length !== 1) return `${id} takes one option, not ${answer.options.length}`;
  return null;
}

function decideHands(poll: Poll, hands: readonly number[]): Decision {
  if (poll.standing.kind === 'revealed') return standsAs(poll);
  if (poll.options.length === 0 || hands.length !== poll.options.length) {
    const message = `hands has ${hands.length} counts; ${poll.id} has ${poll.options.length} options`;
    return refused('invalid', message, 'data.hands');
  }
  const data = { poll: poll.id, round: poll.round };
  return { ok: true, events: [{ type: 'poll-hands-counted', data, private: hands }] };
}

function decideReveal(poll: Poll, { right }: Data<'reveal-poll'>, given: Circumstances): Decision {
  if (poll.standing.kind === 'revealed') return standsAs(poll);
  const beyond = right.find((option) => option >= poll.options.length);
  if (beyond !== undefined) {
    const message = `option ${beyond} is not among the ${poll.options.length} options of ${poll.id}`;
    return refused('invalid', message, 'data.right');
  }
  const { polls } = given.secrets;
  const tallies = poll.answered.map((_, n) =>
    tallyOf(poll, secretRound(polls, poll.id, n + 1), (text) => isShown(polls, poll.id, text)),
  );
  return { ok: true, events: [{ type: 'poll-revealed', data: { poll: poll.id, tallies, right } }] };
}

/** Until the reveal a decision about a text is the host's secret; afterwards everybody is told what it changes. */
function decideShow(poll: Poll, { text, shown }: Data<'show-answer'>, given: Circumstances): Decision {
  const { polls } = given.secrets;
  const counts = poll.answered.map((_, n) => timesSaid(text, poll, n + 1, given));
  if (poll.kind !== 'text' || counts.every((count) => count === 0)) {
    return refused('not-found', `nobody has answered ${quote(text)} to ${poll.id}`, 'data.text');
  }
  if (isShown(polls, poll.id, text) === shown) return { ok: true, events: [] };
  const { pollTextsShown } = fixedLimits;
  const showing = Object.values(lookUp(polls, poll.id)?.shown ?? {}).filter((one) => one).length;
  if (shown && showing >= pollTextsShown) {
    return refused('limit-reached', `${showing} texts of ${poll.id} are shown; the limit is ${pollTextsShown}`);
  }
  const told = poll.standing.kind === 'revealed' ? { text, counts: shown ? counts : counts.map(() => 0) } : null;
  return {
    ok: true,
    events: [{ type: 'poll-text-judged', data: { poll: poll.id, told }, private: { text, shown } }],
  };
}

function timesSaid(text: string, poll: Poll, round: number, given: Circumstances): number {
  const { answers } = secretRound(given.secrets.polls, poll.id, round);
  return Object.values(answers).filter((answer) => 'text' in answer && answer.text === text).length;
}

const inTime = (seconds: number | null, given: Circumstances): number | null =>
  seconds === null ? null : given.now + seconds * 1000;
