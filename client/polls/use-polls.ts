/** The polls of the room as a page needs them: the one that counts now, earlier ones, and whether an answer is waited for. */
import { useMemo } from 'react';
import { type LessonStanding, questionOfPoll } from '../../shared/protocol/lessons.ts';
import { useFacts, useRoomView, useYou } from '../room/context.tsx';
import type { Poll } from '../../shared/protocol/polls.ts';
import type { Language, RoomState } from '../../shared/protocol/state.ts';
import { useWords } from '../i18n/words.ts';

const noPolls: Readonly<Record<string, Poll>> = {};

/** All polls, the newest first, those of the lesson in the reader's language. */
export function usePolls(): readonly Poll[] {
  const polls = useRoomView(({ state }) => state?.polls ?? noPolls);
  const lesson = useRoomView(({ state }) => state?.lesson ?? null);
  const { language } = useWords();
  return useMemo(
    () =>
      Object.values(polls)
        .map((poll) => inLanguage(poll, lesson, language))
        .toReversed(),
    [polls, lesson, language],
  );
}

/** A poll as the lesson words it in a language; one that somebody typed stays as it is. */
function inLanguage(poll: Poll, lesson: LessonStanding | null, language: Language): Poll {
  const asked = questionOfPoll(lesson, poll.id);
  if (asked === undefined) return poll;
  return { ...poll, question: asked.question[language], options: asked.options.map(({ text }) => text[language]) };
}

/** Whether something else has begun since the results were revealed: whoever moves the playhead has moved on. */
export function isPast({ standing }: Poll, { playhead, guesses }: Pick<RoomState, 'playhead' | 'guesses'>): boolean {
  if (standing.kind !== 'revealed') return false;
  const later = [playhead?.at ?? 0, ...Object.values(guesses).map(({ at }) => at)];
  return later.some((at) => at > standing.at);
}

/** The newest poll until the room has gone on after its results; null: none. */
export function useCurrentPoll(): Poll | null {
  const state = useFacts();
  const [newest] = usePolls();
  return newest === undefined || isPast(newest, state) ? null : newest;
}

/** What the lesson asks at its step, until it goes on; null where it asks nothing. */
export function useLessonQuestion(): Poll | null {
  const asked = useRoomView(({ state }) => {
    const made = state?.lesson?.made[state.lesson.step];
    return made?.kind === 'poll' ? made.poll : null;
  });
  return usePolls().find(({ id }) => id === asked) ?? null;
}

/** Whether the room waits for an answer of the person at this page. */
export function usePollWaits(): boolean {
  const you = useYou();
  const open = usePolls().find(({ standing }) => standing.kind === 'open');
  return you.role === 'student' && open !== undefined && open.answered[open.round - 1]?.includes(you.id) !== true;
}
