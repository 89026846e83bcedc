/** One person in the list: how present they are, what they are called, and what may be done about them. */
import { memo } from 'react';
import type { Person } from '../../shared/protocol/state.ts';
import { isolated } from '../i18n/isolated.ts';
import { useWords } from '../i18n/words.ts';
import { Icon } from '../shell/icons.tsx';
import type { Presence } from './listing.ts';
import { PersonDeeds } from './person-deeds.tsx';

export type RowProps = {
  readonly person: Person;
  readonly presence: Presence;
  readonly isYou: boolean;
  /** A host beside the first one: the same key on another device. */
  readonly isRemote: boolean;
  /** The place among the raised hands, from 1; 0: not raised. */
  readonly hand: number;
  readonly hasDeeds: boolean;
  readonly isOpen: boolean;
  readonly onOpen: (id: string | null) => void;
  /** Who is looked for as the same person as somebody else, and how to say that it is this one. */
  readonly mergingFrom: Person | null;
  readonly onMerge: (from: Person | null) => void;
  readonly onMergeInto: (into: Person) => void;
};

/** Draws the row; it is drawn again only when something in it has changed. */
export const PersonRow = memo(function PersonRow(props: RowProps) {
  const { person, presence, isYou, hand, hasDeeds, isOpen, mergingFrom } = props;
  const { say } = useWords();
  const said = [
    isYou ? say('people.you') : null,
    person.pretend === true ? say('people.pretend') : null,
    person.role === 'student' ? null : say(`role.${person.role}`),
    props.isRemote ? say('people.remote') : null,
    person.count > 1 ? say('people.several', { count: person.count }) : null,
    say(`people.${presence}`),
  ].filter((part) => part !== null);
  const isCandidate = mergingFrom !== null && mergingFrom.id !== person.id && person.role === 'student';
  return (
    <li className={isOpen ? 'person open' : 'person'} data-testid={person.id} data-presence={presence}>
      <div className="person-line">
        <span className={`presence ${presence}`} aria-hidden="true" />
        <span className="person-name">
          <bdi>{person.name}</bdi>
          <span className="soft">{said.join(' · ')}</span>
        </span>
        {hand > 0 && (
          <span className="hand-place" aria-label={say('people.hand', { place: hand })}>
            <Icon name="hand" size={14} />
            {hand}
          </span>
        )}
        {isCandidate && (
          <button
            type="button"
            className="plain-button outlined"
            onClick={() => props.onMergeInto(person)}
            data-testid={`merge-into-${person.id}`}
          >
            {say('people.merge.this', { name: isolated(person.name) })}
          </button>
        )}
        {hasDeeds && mergingFrom === null && (
          <button
            type="button"
            className="plain-button"
            aria-expanded={isOpen}
            aria-label={say('people.menu', { name: isolated(person.name) })}
            onClick={() => props.onOpen(isOpen ? null : person.id)}
            data-testid={`deeds-of-${person.id}`}
          >
            <Icon name="more" />
          </button>
        )}
      </div>
      {isOpen && mergingFrom === null && (
        <PersonDeeds
          person={person}
          handIsUp={hand > 0}
          onDone={() => props.onOpen(null)}
          onMerge={() => props.onMerge(person)}
        />
      )}
    </li>
  );
});
