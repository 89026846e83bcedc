/** What the network of the run on show sees and what it says, at the step where the playhead rests. */
import { useWords } from '../../i18n/words.ts';
import { RunMark } from '../../panels/run-mark.tsx';
import { useRoom } from '../../room/context.tsx';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { useChangeView, useView } from '../../view/context.tsx';
import type { Figure } from '../card/figure.ts';
import type { PinPlace } from '../card/pin-form.tsx';
import { PlotCard } from '../card/plot-card.tsx';
import { Sentence } from '../card/sentence.tsx';
import { Toggle } from '../card/toggle.tsx';
import { type Held, useHeld } from '../held.ts';
import { LookStep } from '../look/look-state.tsx';
import { Parts } from '../look/parts.tsx';
import { answersPictures, copiesSentence, CopiesPart, CopiesTable } from './copies-part.tsx';
import { SaysPart, SaysTable } from './says-part.tsx';
import { SeesPart, SeesTable } from './sees-part.tsx';
import { saysSentence, seesSentence } from './sentence.ts';
import { useOuter } from './use-outer.ts';

const parts = ['sees', 'says'] as const;

/** Draws the card of a run. */
export function SeesCard({ run }: { readonly run: RoomRun }) {
  const { say } = useWords();
  const { stage } = useRoom();
  const part = useView((view) => view.sees);
  const figure = useHeld<Figure | null>(null);
  const told = useHeld('');
  const pinAt = (): PinPlace | null => {
    const step = stage.current()?.measured ?? -1;
    return step < 0 ? null : { run: run.id, label: run.label, step, layer: null };
  };
  return (
    <PlotCard
      id="sees"
      title={say(`sees.title.${part}`)}
      definition={say(`sees.definition.${part}`)}
      subtitle={say('plot.run', { label: run.label })}
      sign={
        <>
          <RunMark label={run.label} /> {say('plot.run', { label: run.label })}
        </>
      }
      figure={figure}
      axis={null}
      formatX={String}
      sentence={() => told.take()}
      foot={<SeesLine run={run} told={told} />}
      controls={<SeesControls run={run} />}
      table={() => tableOf(run, part)}
      pinAt={pinAt}
    >
      {part === 'sees' ? (
        <SeesPart key={run.id} run={run} figure={figure} />
      ) : answersPictures(run) ? (
        <CopiesPart key={run.id} run={run} figure={figure} />
      ) : (
        <SaysPart key={run.id} run={run} figure={figure} />
      )}
    </PlotCard>
  );
}

function tableOf(run: RoomRun, part: (typeof parts)[number]) {
  if (part === 'sees') return <SeesTable run={run} />;
  return answersPictures(run) ? <CopiesTable run={run} /> : <SaysTable run={run} />;
}

function SeesControls({ run }: { readonly run: RoomRun }) {
  const { say } = useWords();
  const change = useChangeView();
  const part = useView((view) => view.sees);
  const own = useView((view) => view.own);
  const outer = useOuter(run);
  return (
    <>
      <Parts
        label={say('sees.parts')}
        names={parts}
        chosen={part}
        textOf={(name) => say(`sees.part.${name}`)}
        hook="sees-part"
        onChoose={(sees) => change({ sees })}
      />
      {part === 'sees' && outer.units !== null && (
        <Toggle text={say('sees.own')} pressed={own} hook="sees-own" onPress={() => change({ own: !own })} />
      )}
      <LookStep {...outer} />
    </>
  );
}

function SeesLine({ run, told }: { readonly run: RoomRun; readonly told: Held<string> }) {
  const words = useWords();
  const { looks, moving, units } = useOuter(run);
  const part = useView((view) => view.sees);
  const look = looks[0]?.look ?? null;
  const text = ((): string => {
    if (look === null) return words.say('look.nothing');
    const { step, says } = look;
    if (part === 'sees' && units !== null)
      return seesSentence(words, { configuration: run.configuration, step, units });
    if (says === undefined) return words.say('look.nothing');
    if (answersPictures(run)) return copiesSentence(words, step, says.digits ?? []);
    return saysSentence(words, { dataset: run.configuration.dataset, step, says });
  })();
  return <Sentence text={text} moving={moving} told={told} />;
}
