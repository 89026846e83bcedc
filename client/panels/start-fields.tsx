/** What a proposal starts from: a run or the room's first configuration, and whether it goes on with what that run has learned. */
import { NativeSelect } from '@mantine/core';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useFacts, useRoom } from '../room/context.tsx';
import type { RunId } from '../../shared/protocol/state.ts';
import { shortNetwork } from '../../shared/words/difference.ts';
import type { Draft } from './use-draft.ts';

/** Draws the choice of the base, and of the beginning where the base has steps to go on from. */
export function StartFields({ draft }: { readonly draft: Draft }) {
  const { say, language } = useWords();
  const { stage, frames } = useRoom();
  const { runs } = useFacts();
  const { base, fork } = draft;
  /** Where a fork of a run would begin: where it is being looked at, else as far as it has been shown. */
  const stepOf = (run: RunId): number => {
    const shown = stage.current();
    return shown?.run.id === run ? shown.step : Math.max(0, Math.min(stage.furthest(run), frames.of(run).front));
  };
  const from = base.run;
  return (
    <>
      <NativeSelect
        label={say('form.base')}
        value={from?.id ?? ''}
        onChange={({ currentTarget: { value } }) => draft.startFrom({ run: value === '' ? null : value, fork: null })}
        data={[
          { value: '', label: say('form.base.room') },
          ...Object.values(runs).map((run) => ({
            value: run.id,
            label: `${say('form.base.run', { label: run.label })} · ${shortNetwork(run.configuration.hidden)}`,
          })),
        ]}
        data-testid="propose-base"
      />
      {from !== null && (
        <fieldset className="form-begin">
          <legend>{say('form.begin')}</legend>
          {(['new', 'fork'] as const).map((value) => (
            <label key={value}>
              <input
                type="radio"
                name="begin"
                checked={(fork === null) === (value === 'new')}
                onChange={() => draft.startFrom({ run: from.id, fork: value === 'new' ? null : stepOf(from.id) })}
                data-testid={`propose-begin-${value}`}
              />
              {value === 'new'
                ? say('form.begin.new')
                : say('form.begin.fork', { step: wholeNumber(fork ?? stepOf(from.id), language), label: from.label })}
            </label>
          ))}
          {fork !== null && <p className="soft">{say('form.begin.fork.detail')}</p>}
        </fieldset>
      )}
    </>
  );
}
