/** The sweeps that the room has had and put away: each can be looked at again by whoever wants to. */
import { lazy, Suspense, useState } from 'react';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { saidField } from '../../shared/words/difference.ts';
import { useFacts } from '../room/context.tsx';
import { pathOf } from './sweep-facts.ts';
import type { SweepId } from '../../shared/protocol/state.ts';

const SweepCard = lazy(() => import('./sweep-card.tsx').then(({ SweepCard: card }) => ({ default: card })));

/** Draws the list; nothing where there is none. */
export function SweepList() {
  const { say, language } = useWords();
  const { sweeps } = useFacts();
  const [opened, setOpened] = useState<SweepId | null>(null);
  const past = Object.values(sweeps)
    .filter(({ onStage, points }) => !onStage && points.length > 0)
    .toReversed();
  if (past.length === 0) return null;
  return (
    <section className="sweeps" aria-labelledby="sweeps-title">
      <h3 id="sweeps-title">{say('sweep.past')}</h3>
      <ul>
        {past.map((sweep) => (
          <li key={sweep.id}>
            <button
              type="button"
              className="plain-button outlined"
              aria-expanded={opened === sweep.id}
              onClick={() => setOpened(opened === sweep.id ? null : sweep.id)}
              data-testid={`past-${sweep.id}`}
            >
              {say('sweep.past.one', {
                field: saidField(say, pathOf(sweep.field)),
                count: wholeNumber(sweep.points.length, language),
              })}
            </button>
            {opened === sweep.id && (
              <Suspense fallback={null}>
                <SweepCard sweep={sweep} />
              </Suspense>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
