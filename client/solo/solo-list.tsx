/** The page of whoever works alone: all experiments of the chapter, and the chapter's networks by themselves. */
import { Link } from 'wouter';
import { experiments } from '../../shared/experiments/experiments.ts';
import { presets } from '../../shared/experiments/presets.ts';
import { manyImages } from '../../shared/verify/task.ts';
import { partsOf } from '../../shared/protocol/images.ts';
import { useWords } from '../i18n/words.ts';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useSaid } from '../lesson/use-said.ts';
import { PageBar } from '../shell/page-bar.tsx';
import { useTitle } from '../shell/use-title.ts';
import { hasSimd } from '../verify/simd.ts';
import { imagesFetched, imagesFor, openingOf } from './catalogue.ts';
import { megabytesOf } from './image-shelf.ts';
import './solo.css';

/** Draws the list. */
export function SoloList() {
  const { say, language } = useWords();
  const said = useSaid();
  useTitle(say('solo.title'));
  return (
    <>
      <PageBar />
      <main className="solo">
        <h1>{say('solo.title')}</h1>
        <p className="home-lead">{say('solo.lead')}</p>
        {!hasSimd() && <p className="solo-warning">{say('solo.simd.text')}</p>}
        <ol className="solo-list" data-testid="solo-list">
          {experiments.map(({ id, number, title, question, minutes, deeper }) => (
            <li key={id}>
              <Link href={`/solo/${id}`} className="solo-entry" data-testid={`solo-${id}`}>
                <span className="solo-number" aria-hidden="true">
                  {wholeNumber(number, language)}
                </span>
                <span className="solo-words">
                  <strong>{said(title)}</strong>
                  <span>{said(question)}</span>
                  <span className="solo-facts">
                    <span>{say('solo.minutes', { minutes: wholeNumber(minutes, language) })}</span>
                    <Megabytes id={id} />
                    {deeper && <span className="solo-deeper">{say('solo.deeper')}</span>}
                  </span>
                </span>
              </Link>
            </li>
          ))}
        </ol>
        <h2>{say('solo.runs')}</h2>
        <p className="soft">{say('solo.runs.lead')}</p>
        <ul className="solo-runs">
          {presets.map(({ id, title }) => (
            <li key={id}>
              <Link href={`/solo/${id}`} data-testid={`solo-${id}`}>
                {said(title)}
              </Link>
              <span className="solo-facts">
                <Megabytes id={id} />
              </span>
            </li>
          ))}
        </ul>
      </main>
    </>
  );
}

/** What has to be loaded for something, where that is much. */
function Megabytes({ id }: { readonly id: string }) {
  const { say, language } = useWords();
  const opening = openingOf(id);
  const images = opening === null ? { train: 0, test: 0 } : imagesFor(opening);
  if (imagesFetched(images) <= manyImages) return null;
  const megabytes = wholeNumber(Math.ceil(megabytesOf(partsOf(images))), language);
  return <span>{say('solo.megabytes', { megabytes })}</span>;
}
