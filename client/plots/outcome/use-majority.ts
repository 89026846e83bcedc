/** What always answering the most frequent class would get right of the images that accuracies are taken on. */
import { useEffect, useState } from 'react';
import type { RunConfiguration } from '../../../shared/core/configuration.ts';
import { type Majority, majorityOf } from '../../../shared/core/majority.ts';
import { shapesetClasses } from '../../../shared/core/shapeset/classes.ts';
import { useRoom } from '../../room/context.tsx';
import type { Majorities } from '../../room/line.ts';

/** Returns the share that is right. */
export const shareOf = ({ count, of }: Majority): number => count / of;

/** Of each room what has been asked for, by the choice of images. */
const asked = new WeakMap<Ask, Map<string, Promise<Majorities>>>();

type Ask = (train: number, test: number) => Promise<Majorities>;

/** Returns the most frequent classes of a dataset whose labels follow from its name; null where they have to be asked for. */
export function knownMajorities({ dataset, probe }: Pick<RunConfiguration, 'dataset' | 'probe'>): Majorities | null {
  switch (dataset.name) {
    case 'mnist':
      return null;
    case 'shapeset': {
      // All classes take turns.
      const inTurn = Array.from({ length: Math.max(probe, dataset.test) }, (_, index) => index % shapesetClasses);
      return { train: majorityOf(inTurn, 0, probe), test: majorityOf(inTurn, 0, dataset.test) };
    }
    case 'parity': {
      const labels = Array.from({ length: probe }, (_, row) => onesOf(row) % 2);
      return { train: majorityOf(labels, 0, probe), test: null };
    }
    case 'spiral':
    case 'circle':
    case 'xor':
    case 'gauss': {
      // Both classes take turns.
      const alternating = Array.from({ length: Math.max(probe, dataset.test) }, (_, index) => index % 2);
      return { train: majorityOf(alternating, 0, probe), test: majorityOf(alternating, 0, dataset.test) };
    }
    default:
      return dataset satisfies never;
  }
}

function onesOf(row: number): number {
  let ones = 0;
  for (let rest = row; rest > 0; rest >>>= 1) ones += rest & 1;
  return ones;
}

function askOnce(ask: Ask, train: number, test: number): Promise<Majorities> {
  const answers = asked.get(ask) ?? new Map<string, Promise<Majorities>>();
  asked.set(ask, answers);
  const name = `${train} ${test}`;
  const answer = answers.get(name) ?? ask(train, test);
  answers.set(name, answer);
  answer.catch(() => answers.delete(name));
  return answer;
}

/** Returns them once they are known; null until then, and where they cannot be had. */
export function useMajorities({ dataset, probe }: RunConfiguration): Majorities | null {
  const { majorities: ask } = useRoom();
  const [told, setTold] = useState<{ readonly key: string; readonly majorities: Majorities } | null>(null);
  const test = dataset.name === 'mnist' ? dataset.test : 0;
  const key = `${dataset.name} ${probe} ${test}`;
  useEffect(() => {
    if (dataset.name !== 'mnist') return;
    let wanted = true;
    askOnce(ask, probe, test).then(
      (majorities) => {
        if (wanted) setTold({ key, majorities });
      },
      // Without the line the plot says all the rest.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [ask, dataset.name, probe, test, key]);
  return knownMajorities({ dataset, probe }) ?? (told?.key === key ? told.majorities : null);
}
