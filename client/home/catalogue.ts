/** What a room can be opened with, fetched when somebody wants to choose: the texts of all lessons are too much for a start page. */
import { useEffect, useState } from 'react';
import type { LessonText } from '../../shared/protocol/lessons.ts';

/** `wish` is what `POST /api/rooms` is told. */
type Entry = { readonly wish: object; readonly title: LessonText };
type Group = { readonly kind: 'lessons' | 'experiments' | 'runs'; readonly entries: readonly Entry[] };

/** Returns the lessons for a class, the experiments of the chapter, and single runs; empty until `wanted` and fetched. */
export function useCatalogue(wanted: boolean): readonly Group[] {
  const [groups, setGroups] = useState<readonly Group[]>([]);
  useEffect(() => {
    if (!wanted) return;
    let isGone = false;
    fetchCatalogue().then(
      (fetched) => {
        if (!isGone) setGroups(fetched);
      },
      // Without a connection no room could be opened either.
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [wanted]);
  return groups;
}

async function fetchCatalogue(): Promise<readonly Group[]> {
  const [{ classLessons }, { experiments }, { presets }] = await Promise.all([
    import('../../shared/experiments/lessons/lessons.ts'),
    import('../../shared/experiments/experiments.ts'),
    import('../../shared/experiments/presets.ts'),
  ]);
  const numbered = (number: number, title: LessonText): LessonText => ({
    en: `${number}. ${title.en}`,
    'zh-CN': `${number}. ${title['zh-CN']}`,
  });
  return [
    { kind: 'lessons', entries: classLessons.map(({ id, title }) => ({ wish: { lesson: id }, title })) },
    {
      kind: 'experiments',
      entries: experiments.map(({ id, number, title }) => ({ wish: { lesson: id }, title: numbered(number, title) })),
    },
    { kind: 'runs', entries: presets.map(({ id, title }) => ({ wish: { experiment: id }, title })) },
  ];
}
