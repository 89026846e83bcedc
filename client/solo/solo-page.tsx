/** The door of a room in this page: what there is to open, whether this browser can, and how much it loads first. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { partsOf } from '../../shared/protocol/images.ts';
import { manyImages } from '../../shared/verify/task.ts';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { Prose } from '../lesson/prose.tsx';
import { useSaid } from '../lesson/use-said.ts';
import { PageBar } from '../shell/page-bar.tsx';
import { useTitle } from '../shell/use-title.ts';
import { hasSimd } from '../verify/simd.ts';
import { imagesFetched, imagesFor, type Opening, openingOf } from './catalogue.ts';
import { megabytesOf } from './image-shelf.ts';
import { forgetBegun, hasBegun } from './begun.ts';
import { Door } from './door.tsx';
import { SoloRoom } from './solo-room.tsx';
import './solo.css';

/** Draws what belongs to an id. */
export function SoloPage({ id }: { readonly id: string }) {
  const { say } = useWords();
  const said = useSaid();
  const opening = openingOf(id);
  useTitle(opening === null ? '' : said(opening.title));
  if (opening === null) return <Door title={say('solo.none.title', { id })} />;
  return hasSimd() ? <Opened opening={opening} /> : <ToRead opening={opening} />;
}

function Opened({ opening }: { readonly opening: Opening }) {
  const { say, language } = useWords();
  const images = imagesFor(opening);
  const many = imagesFetched(images) > manyImages;
  const [again, setAgain] = useState(() => hasBegun(opening.id));
  const [agreed, setAgreed] = useState(!many);
  if (again) {
    const begin = (): void => {
      forgetBegun(opening.id);
      setAgain(false);
    };
    return (
      <Door title={say('solo.again.title')} text={say('solo.again.text')}>
        <Button size="md" onClick={begin} data-testid="solo-again">
          {say('solo.again.go')}
        </Button>
      </Door>
    );
  }
  if (!agreed) {
    const megabytes = wholeNumber(Math.ceil(megabytesOf(partsOf(images))), language);
    const values = { images: wholeNumber(imagesFetched(images), language), megabytes };
    return (
      <Door title={say('solo.gate.title')} text={say('solo.gate.text', values)}>
        <Button size="md" onClick={() => setAgreed(true)} data-testid="solo-load">
          {say('solo.gate.go', values)}
        </Button>
      </Door>
    );
  }
  return <SoloRoom opening={opening} images={images} />;
}

/** The texts of an experiment, where nothing can be trained. */
function ToRead({ opening: { title, lesson } }: { readonly opening: Opening }) {
  const { say } = useWords();
  const said = useSaid();
  return (
    <>
      <PageBar />
      <main className="solo" data-testid="solo-reading">
        <h1>{said(title)}</h1>
        <div className="solo-warning">
          <strong>{say('solo.simd.title')}</strong>
          <p>{say('solo.simd.text')}</p>
        </div>
        {lesson?.steps.map((step) => (
          <section key={step.title.en} className="solo-step">
            <h2>{said(step.title)}</h2>
            {'lead' in step && <Prose text={step.lead} formulas={undefined} />}
            {step.kind === 'question' && <p>{said(step.question)}</p>}
            <Prose text={step.text} formulas={step.formulas} />
          </section>
        ))}
        <p>
          <Link href="/solo">{say('solo.list')}</Link>
        </p>
      </main>
    </>
  );
}
