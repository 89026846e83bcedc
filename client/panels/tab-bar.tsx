/** The phone's bottom bar: which sheet is open. */
import type { KeyboardEvent } from 'react';
import { useWords } from '../i18n/words.ts';
import { useIsAsked } from '../guesses/hooks.ts';
import { useFacts, useRoom } from '../room/context.tsx';
import { usePollWaits } from '../polls/use-polls.ts';
import { Icon } from '../shell/icons.tsx';

const allTabs = ['plot', 'guess', 'class', 'board', 'runs', 'more'] as const;
export type Tab = (typeof allTabs)[number];

/** Draws the bar; open proposals are counted on the board's tab, and the guess's has a sign while an answer is due. */
export function TabBar({ tab, onTab }: { readonly tab: Tab; readonly onTab: (tab: Tab) => void }) {
  const { say } = useWords();
  const waits = usePollWaits();
  const state = useFacts();
  const open = Object.values(state.proposals).filter(({ standing }) => standing.kind === 'open').length;
  const asked = useIsAsked();
  // Where nobody guesses, there is no tab for it.
  const guessing = state.lesson !== null || Object.keys(state.guesses).length > 0;
  const { alone } = useRoom();
  // Where nobody else is, the class is what a lesson asks.
  const asking = !alone || Object.keys(state.polls).length > 0;
  const tabs = allTabs.filter((name) => (name !== 'guess' || guessing) && (name !== 'class' || asking));
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length];
    if (by === 0 || next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <nav aria-label={say('tabs.label')}>
      <div
        className="tab-bar"
        style={{ gridTemplateColumns: `repeat(${tabs.length}, 1fr)` }}
        role="tablist"
        aria-label={say('tabs.label')}
      >
        {tabs.map((name) => (
          <button
            key={name}
            id={`tab-${name}`}
            type="button"
            role="tab"
            className="tab"
            aria-selected={tab === name}
            aria-controls={`sheet-${name}`}
            tabIndex={tab === name ? 0 : -1}
            data-testid={`tab-${name}`}
            onClick={() => onTab(name)}
            onKeyDown={onKeyDown}
          >
            <Icon name={name} />
            <span>{say(`tabs.${name}`)}</span>
            {name === 'guess' && asked && (
              <span className="badge" role="img" aria-label={say('tabs.guess.asked')} data-testid="guess-badge">
                !
              </span>
            )}
            {name === 'board' && open > 0 && <span className="badge">{open}</span>}
            {name === 'class' && waits && (
              <span className="badge" data-testid="class-badge">
                1
              </span>
            )}
          </button>
        ))}
      </div>
    </nav>
  );
}
