/** The runs of a room, each as a link that lets any browser train it again to the same digest. */
import type { RoomState } from '../../shared/protocol/state.ts';
import { useWords } from '../i18n/words.ts';
import { saidSummary } from '../../shared/words/difference.ts';
import { fragmentOf, parcelOf } from './parcel.ts';

/** Draws the list; nothing where no run has ended. */
export function TakeHome({ state }: { readonly state: RoomState }) {
  const words = useWords();
  const { say } = words;
  const parcels = Object.values(state.runs).flatMap((run) => {
    const parcel = parcelOf(state, run);
    return parcel === null ? [] : [{ run, fragment: fragmentOf(parcel) }];
  });
  if (parcels.length === 0) return null;
  return (
    <section>
      <h2>{say('me.runs.title')}</h2>
      <p>{say('me.runs.lead')}</p>
      <ul>
        {parcels.map(({ run, fragment }) => (
          <li key={run.id}>
            <a href={`/run#${fragment}`} target="_blank" rel="noreferrer" data-testid={`take-${run.id}`}>
              {say('me.run', { label: run.label, summary: saidSummary(words, run.configuration) })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
