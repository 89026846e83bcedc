/** One poll as everybody sees it: its question, how many have answered, the time left, and what there is to do or to read. */
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { questionOfPoll } from '../../shared/protocol/lessons.ts';
import { useFacts, useMay, useRoom, useYou } from '../room/context.tsx';
import { useSpoken } from '../shell/live-region.tsx';
import type { Poll } from '../../shared/protocol/polls.ts';
import { AloneResults } from './alone-results.tsx';
import { AnswerForm } from './answer-form.tsx';
import { letterOf } from './figures.ts';
import { PollControls } from './host-controls.tsx';
import { PollResults } from './results.tsx';
import { TimeLeft, useSecondsLeft } from './time-left.tsx';

/** Draws the card. */
export function PollCard({ poll }: { readonly poll: Poll }) {
  const { say, language } = useWords();
  const leads = useMay('reveal-poll');
  const room = useRoom();
  const Results = room.alone ? AloneResults : PollResults;
  const { role } = useYou();
  const { people, lesson } = useFacts();
  // The one button closes and reveals what the lesson asks.
  const led = questionOfPoll(lesson, poll.id) !== undefined;
  // Whoever tries a lesson alone is asked, too.
  const isAlone = leads && !Object.values(people).some((person) => person.role === 'student' && person.here);
  const { standing, question, options } = poll;
  const closesAt = standing.kind === 'open' ? standing.closesAt : null;
  const isOver = useSecondsLeft(closesAt) === 0;
  const answered = poll.answered[poll.round - 1]?.length ?? 0;
  const standingWords = say(isOver ? 'poll.standing.over' : `poll.standing.${standing.kind}`);
  useSpoken(say('poll.spoken', { question, standing: standingWords }), false);
  return (
    <article className="poll" data-testid={poll.id} data-standing={standing.kind} data-round={poll.round}>
      <h3>{question}</h3>
      <p className="poll-meta soft">
        <span>{standingWords}</span>
        {poll.round === 2 && standing.kind !== 'revealed' && <span>{say('poll.round', { round: 2 })}</span>}
        {standing.kind !== 'revealed' && !room.alone && (
          <span data-testid="poll-answered">
            {say('poll.answers', { count: answered, shown: wholeNumber(answered, language) })}
          </span>
        )}
        {!isOver && <TimeLeft key={closesAt} endsAt={closesAt} />}
      </p>
      {standing.kind === 'open' && !isOver && (role === 'student' || isAlone) && (
        <AnswerForm key={`${poll.id} ${poll.round}`} poll={poll} />
      )}
      {standing.kind !== 'revealed' && leads && !isAlone && options.length > 0 && (
        <ol className="poll-asked">
          {options.map((option, index) => (
            <li key={option} className="poll-option">
              <span className="poll-letter">{letterOf(index)}</span>
              <span>{option}</span>
            </li>
          ))}
        </ol>
      )}
      {standing.kind === 'revealed' && <Results poll={poll} tallies={standing.tallies} right={standing.right} />}
      {standing.kind === 'revealed' && <Whys poll={poll} />}
      {leads && !room.alone && <PollControls poll={poll} led={led} />}
    </article>
  );
}

/** What the lesson says about each choice, once the results are there. */
function Whys({ poll }: { readonly poll: Poll }) {
  const { language } = useWords();
  const { lesson } = useFacts();
  const asked = questionOfPoll(lesson, poll.id);
  if (asked === undefined) return null;
  return (
    <ol className="poll-whys" data-testid="poll-whys">
      {asked.options.map(({ text, why }, index) => (
        <li key={text.en}>
          <span className="poll-letter">{letterOf(index)}</span>
          <span>{why[language]}</span>
        </li>
      ))}
    </ol>
  );
}
