/** The one button with which a room is led: it says what it will do. Beside it, Back and Skip. */
import { Button } from '@mantine/core';
import { type Move, nextMove, skipMove } from '../../shared/protocol/next-move.ts';
import { useWords } from '../i18n/words.ts';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useKeys } from '../panels/use-keys.ts';
import { useFacts, useMay, useRoom, useRoomView, useWaiting } from '../room/context.tsx';
import { LessonPlace } from './lesson-text.tsx';
import { BackButton, SkipButton } from './neighbours.tsx';
import { useSaid } from './use-said.ts';
import './lesson.css';

/** Draws the bar for whoever leads, where there is a lesson or a guess to lead. */
export function NextBar() {
  const may = useMay('next');
  const state = useFacts();
  const secrets = useRoomView((view) => view.secrets);
  const move = nextMove(state, secrets);
  if (!may || (move === null && state.lesson === null)) return null;
  return <Bar move={move} skip={skipMove(state, secrets)} />;
}

function Bar({ move, skip }: { readonly move: Move | null; readonly skip: Move | null }) {
  const { say } = useWords();
  const room = useRoom();
  const label = useLabel();
  const nexting = useWaiting('next');
  const skipping = useWaiting('skip');
  const going = useWaiting('back');
  const waiting = nexting || skipping || going;
  const send = (type: 'next' | 'skip', which: Move | null): void => {
    if (which === null || waiting) return;
    void room.send(type, { expects: which.id }, true).then((ack) => {
      // Somebody else who leads was quicker, or this was a second press: what was meant has been done.
      if (!ack.ok && ack.error.path !== 'data.expects') room.store.setState({ refusal: ack.error });
    });
  };
  const next = (): void => send('next', move);
  useKeys({ n: next });
  return (
    <section className="next-bar" aria-label={say('next.label')}>
      <div className="next-place">
        <LessonPlace />
      </div>
      <div className="next-buttons">
        <BackButton />
        <Button
          size="lg"
          className="next-button"
          disabled={move === null}
          loading={nexting}
          onClick={next}
          data-testid="next"
          data-move={move?.kind ?? 'none'}
        >
          {move === null ? say('next.none') : label(move)}
        </Button>
        <SkipButton move={skip} to={skip === null ? '' : label(skip)} onSkip={() => send('skip', skip)} />
      </div>
    </section>
  );
}

/** Returns the function that says what a move does. */
function useLabel(): (move: Move) => string {
  const { say, language } = useWords();
  const said = useSaid();
  const { lesson } = useFacts();
  return (move) => {
    switch (move.kind) {
      case 'close':
      case 'close-poll': {
        const [answered, of] = [wholeNumber(move.answered, language), wholeNumber(move.of, language)];
        return say('next.close', { answered, of });
      }
      case 'discuss':
        return say('next.discuss', { minutes: move.seconds / 60 });
      case 'next': {
        const step = lesson?.plan.steps[move.step];
        return say('next.next', { title: step === undefined ? '' : said(step.title) });
      }
      case 'run': {
        const step = lesson?.plan.steps[move.step];
        return say('next.run', { count: step?.kind === 'runs' ? step.runs.length : 1 });
      }
      case 'talk':
        return say('next.talk', { minutes: move.seconds / 60 });
      case 'reveal-poll':
        return say('next.reveal');
      case 'challenge': {
        const step = lesson?.plan.steps[move.step];
        return step?.kind === 'challenge' ? say(`next.challenge.${step.task.kind}`) : say('next.measure');
      }
      case 'reveal-challenge':
        return say(`next.challenge.reveal.${move.of}`);
      case 'open':
      case 'measure':
      case 'ask':
      case 'hint':
      case 'again':
      case 'reveal':
      case 'explain':
      case 'end':
        return say(`next.${move.kind}`);
      default:
        return move satisfies never;
    }
  };
}
