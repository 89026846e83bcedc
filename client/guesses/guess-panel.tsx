/** The guess that stands, in the place of the plot: the network, the question, one's answer, and how the guess goes on. */
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { type Guess, turnout } from '../../shared/protocol/guesses.ts';
import { leads } from '../../shared/protocol/roles.ts';
import { lookUp, type RoomRun } from '../../shared/protocol/state.ts';
import { useWords } from '../i18n/words.ts';
import { NetworkDrawing } from '../panels/network-drawing.tsx';
import { saidSummary } from '../../shared/words/difference.ts';
import { useFacts, useMay, useRoom, useYou } from '../room/context.tsx';
import { useSpoken } from '../shell/live-region.tsx';
import { Prose } from '../lesson/prose.tsx';
import { useSaid } from '../lesson/use-said.ts';
import { AnswerForm } from './answer-form.tsx';
import { useOwnAnswer, useSecondsUntil } from './hooks.ts';
import { LeadGuess } from './lead-guess.tsx';
import { saidChoice, saidQuestion } from './said.ts';
import { Timer } from './timer.tsx';
import './guesses.css';

/** Draws the panel of a guess: for those who lead with their tools, for students with their answer. */
export function GuessPanel({ guess }: { readonly guess: Guess }) {
  const words = useWords();
  const { say } = words;
  const state = useFacts();
  const you = useYou();
  const { alone } = useRoom();
  const may = useMay('guess');
  const run = lookUp(state.runs, guess.run);
  const { kind } = guess.standing;
  const question = run === undefined ? '' : saidQuestion(words, guess, run.configuration.hidden.length);
  useSpoken(kind === 'open' ? question : say(`guess.state.${kind}`), false);
  if (run === undefined) return null;
  const phone = useMediaQuery('(max-width: 839px)', window.innerWidth < 840, { getInitialValueInEffect: false });
  // Whoever is alone guesses, and has nobody to lead.
  const leading = leads(you.role) && !alone;
  return (
    <section className="card guess-panel" aria-labelledby="guess-title" data-testid="guess-panel" data-standing={kind}>
      <div className="guess-inner">
        <header className="guess-head">
          <h2 id="guess-title">{say('guess.title', { label: run.label })}</h2>
          <GuessState guess={guess} />
        </header>
        <Question guess={guess} run={run} />
        {leading && <LeadGuess key={`${guess.id}-${guess.round}`} guess={guess} run={run} />}
        {may && !leading && <Answer key={`${guess.id}-${guess.round}`} guess={guess} run={run} />}
        {/* On a wide page this is in the frame that shows what students see. */}
        {leading && phone && (
          <details className="guess-more">
            <summary>{say('guess.yourself')}</summary>
            <Answer key={`${guess.id}-${guess.round}`} guess={guess} run={run} />
          </details>
        )}
      </div>
    </section>
  );
}

/** Draws of a guess what students have on their phones; what is answered here counts like any answer. */
export function StudentsGuess({ guess }: { readonly guess: Guess }) {
  const state = useFacts();
  const run = lookUp(state.runs, guess.run);
  if (run === undefined) return null;
  return (
    <div className="guess-inner">
      <Question guess={guess} run={run} />
      <Answer key={`${guess.id}-${guess.round}`} guess={guess} run={run} />
    </div>
  );
}

/** The network, what is to be known of it, and what is asked. */
function Question({ guess, run }: { readonly guess: Guess; readonly run: RoomRun }) {
  const words = useWords();
  return (
    <>
      <Lead guess={guess} run={run} />
      <p className="guess-question">{saidQuestion(words, guess, run.configuration.hidden.length)}</p>
    </>
  );
}

/** In what state the guess is, and how long that lasts. */
function GuessState({ guess }: { readonly guess: Guess }) {
  const { say } = useWords();
  const { standing, round } = guess;
  const until = standing.kind === 'open' ? standing.closesAt : standing.kind === 'discussing' ? standing.until : null;
  return (
    <span className="guess-state" data-testid="guess-state">
      {standing.kind === 'open' && round === 2 ? say('guess.state.again') : say(`guess.state.${standing.kind}`)}
      <Timer until={until} />
    </span>
  );
}

/** The network, and what the lesson says of it beforehand. */
function Lead({ guess, run }: { readonly guess: Guess; readonly run: RoomRun }) {
  const words = useWords();
  const { lesson } = useFacts();
  const said = useSaid();
  const step = lesson?.plan.steps[lesson.step];
  const ofLesson = lesson?.guesses[lesson.step] === guess.id && step?.kind === 'guess' ? step : null;
  const hint = lesson?.hinted.includes(lesson.step) === true ? ofLesson?.hint : undefined;
  return (
    <div className="guess-lead">
      <NetworkDrawing configuration={run.configuration} />
      {ofLesson === null ? (
        <p>{saidSummary(words, run.configuration)}</p>
      ) : (
        <div>
          <Prose text={ofLesson.lead} formulas={ofLesson.formulas} />
          {hint !== undefined && (
            <p className="lesson-hint" data-testid="lesson-hint">
              {said(hint)}
            </p>
          )}
        </div>
      )}
    </div>
  );
}

/** One's own part: the form, or what was answered and what comes next. */
function Answer({ guess, run }: { readonly guess: Guess; readonly run: RoomRun }) {
  const words = useWords();
  const { say } = words;
  const { people } = useFacts();
  const own = useOwnAnswer(guess, guess.round);
  const first = useOwnAnswer(guess, 1);
  const [changing, setChanging] = useState(false);
  const hidden = run.configuration.hidden.length;
  const { standing } = guess;
  const left = useSecondsUntil(standing.kind === 'open' ? standing.closesAt : null);
  const kind = left === 0 ? 'closed' : standing.kind;
  const { answered, of } = turnout({ people }, guess);
  const before = guess.round === 2 && first !== null && (
    <p className="guess-own" data-testid="guess-first">
      {say('guess.own.first', { choice: saidChoice(words, first.choice) })}
    </p>
  );
  if (kind === 'open' && (own === null || changing)) {
    return (
      <>
        {before}
        <AnswerForm guess={guess} hidden={hidden} before={own} onAnswered={() => setChanging(false)} />
      </>
    );
  }
  const latest = own ?? first;
  return (
    <div className="guess-after" data-testid="guess-answered">
      {before}
      {(own !== null || guess.round === 1) && (
        <p className="guess-own">
          {latest === null ? say('guess.own.none') : say('guess.own', { choice: saidChoice(words, latest.choice) })}
        </p>
      )}
      {latest !== null && latest.reason !== '' && <blockquote>{latest.reason}</blockquote>}
      <p className="soft">{say(`guess.then.${kind}`, { answered, of })}</p>
      {kind === 'open' && (
        <button
          type="button"
          className="plain-button outlined"
          onClick={() => setChanging(true)}
          data-testid="guess-change"
        >
          {say('guess.change')}
        </button>
      )}
    </div>
  );
}
