/** The form of a class sweep: which field, which values, when it is measured, who gets a value, and how long all of it takes. */
import { Button, Modal, NativeSelect, NumberInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type SubmitEvent, useMemo, useState } from 'react';
import { plainNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { saidTime } from '../panels/said-time.ts';
import { saidField, saidValue, shortNetwork } from '../../shared/words/difference.ts';
import { baseOf } from '../panels/lineage.ts';
import { useFacts, useRoom, useWaiting } from '../room/context.tsx';
import { useSpeed } from '../room/speed.ts';
import { TroubleNote } from '../shell/trouble-note.tsx';
import type { Refusal } from '../../shared/protocol/refusal.ts';
import { type SweepField, sweepFields, type SweepValue } from '../../shared/protocol/sweeps.ts';
import { pathOf } from './sweep-facts.ts';
import { TickBox } from './tick-box.tsx';
import { type FieldKind, kindOf, offers, secondsOfSweep, type Shorter, spread, usualCount } from './sweep-values.ts';

/** Values that whoever is alone has measured for a start. */
const alonePoints = 24;

type To = 'each' | 'teams' | 'nobody';
type Props = { readonly onClose: () => void };

/** Draws the form in a dialog; on a phone it takes the whole screen. */
export function SweepForm({ onClose }: Props) {
  const words = useWords();
  const { say, language } = words;
  const phone = useMediaQuery('(max-width: 839px)', window.innerWidth < 840, { getInitialValueInEffect: false });
  const room = useRoom();
  const state = useFacts();
  const speed = useSpeed();
  const sending = useWaiting('sweep');
  const students = Object.values(state.people).filter(({ role, here }) => role === 'student' && here);
  const people = room.alone ? alonePoints : students.length;
  const teams = new Set(students.map(({ id }) => state.teams[id])).size;
  const [baseId, setBase] = useState(room.stage.current()?.run.id ?? '');
  const [field, setField] = useState<SweepField>('seed');
  const [kind, setKind] = useState<FieldKind>(() => kindOf('seed', people));
  const [count, setCount] = useState(() => usualCount(kindOf('seed', people), people));
  const [trained, setTrained] = useState(false);
  const [to, setTo] = useState<To>('each');
  const base = baseOf(state, baseId === '' ? null : baseId);
  const [epochs, setEpochs] = useState<number | null>(null);
  const [trouble, setTrouble] = useState<Refusal | null>(null);
  const configuration = useMemo(
    () => ({ ...base.configuration, epochs: epochs ?? base.configuration.epochs }),
    [base, epochs],
  );
  const values: readonly SweepValue[] = useMemo(
    () => (kind.kind === 'choice' ? kind.choices : spread(kind, count)),
    [kind, count],
  );
  const seconds = useMemo(
    () => secondsOfSweep(configuration, field, values, trained, speed),
    [configuration, field, values, trained, speed],
  );
  const shorterForAll = offers(seconds, { count: values.length, teams, to, trained, epochs: configuration.epochs });
  const shorter = room.alone ? shorterForAll.filter((one) => one.kind === 'epochs') : shorterForAll;

  const chooseField = (next: string): void => {
    const found = sweepFields.find((one) => one === next);
    if (found === undefined) return;
    const nextKind = kindOf(found, people);
    setField(found);
    setKind(nextKind);
    setCount(usualCount(nextKind, people));
    // Seeds are about the start; elsewhere people may choose, too.
    if (found === 'seed') setTrained(false);
  };
  const apply = (one: Shorter): void => {
    if (one.kind === 'teams' || one.kind === 'share') setCount(one.count);
    if (one.kind === 'teams') setTo('teams');
    if (one.kind === 'epochs') setEpochs(one.epochs);
    if (one.kind === 'prepare') setTo('nobody');
  };
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const data = { base: base.run?.id ?? null, field, values: [...values], trained, to };
    const ack = await room.send('sweep', trained ? { ...data, epochs: configuration.epochs } : data, true);
    if (ack.ok) onClose();
    else setTrouble(ack.error);
  };
  const said = (value: SweepValue): string => saidValue(say, language, pathOf(field), value);

  return (
    <Modal
      opened
      onClose={onClose}
      title={say('sweep.title')}
      size="lg"
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': say('app.close') }}
    >
      <form className="board-settings" onSubmit={(event) => void submit(event)} noValidate>
        <p className="soft">{say('sweep.detail')}</p>
        <NativeSelect
          label={say('form.base')}
          value={base.run?.id ?? ''}
          onChange={(event) => setBase(event.currentTarget.value)}
          data={[
            { value: '', label: say('form.base.room') },
            ...Object.values(state.runs).map((run) => ({
              value: run.id,
              label: `${say('form.base.run', { label: run.label })} · ${shortNetwork(run.configuration.hidden)}`,
            })),
          ]}
        />
        <NativeSelect
          label={say('sweep.field')}
          value={field}
          onChange={(event) => chooseField(event.currentTarget.value)}
          data={sweepFields.map((value) => ({ value, label: saidField(say, pathOf(value)) }))}
          data-testid="sweep-field"
        />
        <fieldset className="settings-group">
          <legend>{say('sweep.values')}</legend>
          {kind.kind === 'choice' ? (
            <ChoiceValues field={field} kind={kind} said={said} onChange={setKind} people={people} />
          ) : (
            <RangeValues kind={kind} count={count} onKind={setKind} onCount={setCount} />
          )}
          <p className="sweep-preview" data-testid="sweep-preview" data-count={values.length}>
            {preview(values.map(said))} · {say('sweep.values.count', { count: values.length })}
          </p>
        </fieldset>
        <fieldset className="settings-group">
          <legend>{say('sweep.when')}</legend>
          {([false, true] as const).map((value) => (
            <label key={String(value)} className="choice-line">
              <input
                type="radio"
                name="when"
                checked={trained === value}
                onChange={() => setTrained(value)}
                data-testid={value ? 'sweep-trained' : 'sweep-start'}
              />
              {say(value ? 'sweep.when.trained' : 'sweep.when.start')}
            </label>
          ))}
          {trained && (
            <NumberInput
              hideControls
              label={say('form.epochs')}
              value={configuration.epochs}
              onChange={(typed) => setEpochs(typeof typed === 'number' ? typed : null)}
              min={1}
              max={10_000}
              allowDecimal={false}
              inputMode="numeric"
            />
          )}
        </fieldset>
        {!room.alone && (
          <fieldset className="settings-group">
            <legend>{say('sweep.to')}</legend>
            {(['each', 'teams', 'nobody'] as const).map((value) => (
              <label key={value} className="choice-line">
                <input
                  type="radio"
                  name="to"
                  checked={to === value}
                  onChange={() => setTo(value)}
                  data-testid={`sweep-to-${value}`}
                />
                {say(`sweep.to.${value}`, { count: value === 'teams' ? teams : people })}
              </label>
            ))}
          </fieldset>
        )}
        <section className="sweep-time" aria-live="polite" data-testid="sweep-time" data-seconds={seconds ?? ''}>
          {seconds === null ? (
            <p className="soft">{say('sweep.time.unknown')}</p>
          ) : (
            <p>
              {to === 'nobody' || room.alone
                ? say('sweep.time', { time: saidTime(words, seconds) })
                : say('sweep.time.people', { time: saidTime(words, seconds), count: people })}
            </p>
          )}
          {shorter.length > 0 && (
            <>
              <p className="several">{say('sweep.long')}</p>
              <ul className="sweep-offers">
                {shorter.map((one) => (
                  <li key={one.kind}>
                    <button
                      type="button"
                      className="plain-button outlined"
                      onClick={() => apply(one)}
                      data-testid={`sweep-offer-${one.kind}`}
                    >
                      {saidOffer(one)}
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
        {trouble !== null && <TroubleNote trouble={trouble} />}
        <div className="dialog-buttons">
          <Button variant="default" onClick={onClose}>
            {say('app.cancel')}
          </Button>
          <Button type="submit" loading={sending} disabled={values.length === 0} data-testid="sweep-submit">
            {say(to === 'nobody' ? 'sweep.prepare' : 'sweep.start')}
          </Button>
        </div>
      </form>
    </Modal>
  );

  function saidOffer(one: Shorter): string {
    switch (one.kind) {
      case 'teams':
        return say('sweep.offer.teams', { count: one.count });
      case 'share':
        return say('sweep.offer.share', { count: one.count });
      case 'epochs':
        return say('sweep.offer.epochs', { epochs: plainNumber(one.epochs, language) });
      case 'prepare':
        return say('sweep.offer.prepare');
      default:
        return one satisfies never;
    }
  }
}

/** The first values and the last. */
const preview = (values: readonly string[]): string =>
  values.length <= 6 ? values.join(', ') : `${values.slice(0, 4).join(', ')}, …, ${values.at(-1)}`;

type RangeProps = {
  readonly kind: Exclude<FieldKind, { kind: 'choice' }>;
  readonly count: number;
  readonly onKind: (kind: FieldKind) => void;
  readonly onCount: (count: number) => void;
};

function RangeValues({ kind, count, onKind, onCount }: RangeProps) {
  const { say } = useWords();
  const number = (typed: string | number): number => (typeof typed === 'number' ? typed : Number.NaN);
  const shown = (value: number): number | '' => (Number.isFinite(value) ? value : '');
  return (
    <>
      <div className="sweep-range">
        <NumberInput
          hideControls
          label={say('sweep.from')}
          value={shown(kind.from)}
          onChange={(typed) => onKind({ ...kind, from: number(typed) })}
          inputMode="decimal"
          data-testid="sweep-from"
        />
        <NumberInput
          hideControls
          label={say('sweep.until')}
          value={shown(kind.to)}
          onChange={(typed) => onKind({ ...kind, to: number(typed) })}
          inputMode="decimal"
          data-testid="sweep-until"
        />
        <NumberInput
          hideControls
          label={say('sweep.count')}
          value={count}
          onChange={(typed) => onCount(Math.max(0, Math.min(1000, number(typed) || 0)))}
          min={1}
          max={1000}
          allowDecimal={false}
          inputMode="numeric"
          data-testid="sweep-count"
        />
      </div>
      <p className="soft">{say(kind.kind === 'factor' ? 'sweep.steps.factor' : 'sweep.steps.even')}</p>
    </>
  );
}

type ChoiceProps = {
  readonly field: SweepField;
  readonly kind: Extract<FieldKind, { kind: 'choice' }>;
  readonly people: number;
  readonly said: (value: string) => string;
  readonly onChange: (kind: FieldKind) => void;
};

function ChoiceValues({ field, kind, people, said, onChange }: ChoiceProps) {
  const all = kindOf(field, people);
  const choices = all.kind === 'choice' ? all.choices : [];
  return (
    <div className="lock-grid">
      {choices.map((choice) => (
        <TickBox
          key={choice}
          label={said(choice)}
          checked={kind.choices.includes(choice)}
          onChange={(checked) => {
            const wanted = checked ? [...kind.choices, choice] : kind.choices.filter((one) => one !== choice);
            onChange({ kind: 'choice', choices: choices.filter((one) => wanted.includes(one)) });
          }}
        />
      ))}
    </div>
  );
}
