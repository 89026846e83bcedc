/** The host's settings of the board: who decides, how much everybody may propose and run, what is frozen or locked, teams. */
import { Button, Modal, NumberInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { saidField } from '../../shared/words/difference.ts';
import { useFacts, useRoom, useWaiting } from '../room/context.tsx';
import { TickBox } from './tick-box.tsx';
import { type BoardSettings, type Policy, teamRules } from '../../shared/protocol/board.ts';

/** What a class is most often asked to leave as it is; a group locks all of its fields. */
const lockable = [
  'dataset',
  'hidden',
  'activation',
  'output',
  'cost',
  'initialization',
  'optimizer',
  'optimizer.learningRate',
  'regularization',
  'batchSize',
  'epochs',
  'seed',
] as const;

type Props = { readonly onClose: () => void };

/** Draws the dialog; nothing is sent before it is saved. */
export function BoardSettingsDialog({ onClose }: Props) {
  const { say } = useWords();
  const phone = useMediaQuery('(max-width: 839px)', window.innerWidth < 840, { getInitialValueInEffect: false });
  const room = useRoom();
  const { board } = useFacts();
  const saving = useWaiting('set-board');
  const [draft, setDraft] = useState<BoardSettings>(board);
  const change = (part: Partial<BoardSettings>): void => setDraft((known) => ({ ...known, ...part }));
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const ack = await room.send('set-board', { ...draft, locked: [...draft.locked] });
    if (ack.ok) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={say('settings.title')}
      size="lg"
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': say('app.close') }}
    >
      <form className="board-settings" onSubmit={(event) => void submit(event)}>
        <Group title={say('settings.policy')}>
          <PolicyChoice policy={draft.policy} onChange={(policy) => change({ policy })} />
        </Group>
        <Group title={say('settings.proposing')}>
          <TickBox
            label={say('settings.frozen')}
            checked={draft.frozen}
            onChange={(frozen) => change({ frozen })}
            testId="settings-frozen"
          />
          <Amount
            label={say('settings.openEach')}
            value={draft.openEach}
            most={50}
            onChange={(openEach) => change({ openEach: openEach ?? 1 })}
          />
          {teamRules.map((teams) => (
            <label key={teams} className="choice-line">
              <input
                type="radio"
                name="teams"
                checked={draft.teams === teams}
                onChange={() => change({ teams })}
                data-testid={`settings-teams-${teams}`}
              />
              {say(`settings.teams.${teams}`)}
            </label>
          ))}
        </Group>
        <Group title={say('settings.quotas')}>
          <p className="soft">{say('settings.quotas.detail')}</p>
          <Amount
            label={say('settings.runsEach')}
            value={draft.runsEach}
            most={600}
            onChange={(runsEach) => change({ runsEach })}
          />
          <Amount
            label={say('settings.secondsEach')}
            value={draft.secondsEach}
            most={1_000_000}
            onChange={(secondsEach) => change({ secondsEach })}
          />
          <Amount
            label={say('settings.secondsPerRun')}
            value={draft.secondsPerRun}
            most={1_000_000}
            onChange={(secondsPerRun) => change({ secondsPerRun })}
          />
        </Group>
        <Group title={say('settings.locked')}>
          <div className="lock-grid">
            {lockable.map((path) => (
              <TickBox
                key={path}
                label={saidLock(path)}
                checked={draft.locked.includes(path)}
                onChange={(checked) =>
                  change({
                    locked: checked ? [...draft.locked, path] : draft.locked.filter((other) => other !== path),
                  })
                }
                testId={`settings-lock-${path}`}
              />
            ))}
          </div>
        </Group>
        <div className="dialog-buttons">
          <Button variant="default" onClick={onClose}>
            {say('app.cancel')}
          </Button>
          <Button type="submit" loading={saving} data-testid="settings-save">
            {say('settings.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );

  function saidLock(path: (typeof lockable)[number]): string {
    switch (path) {
      case 'dataset':
      case 'initialization':
      case 'optimizer':
      case 'regularization':
      case 'hidden':
        return say(`settings.lock.${path}`);
      default:
        return saidField(say, path);
    }
  }
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className="settings-group">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

type PolicyProps = { readonly policy: Policy; readonly onChange: (policy: Policy) => void };

function PolicyChoice({ policy, onChange }: PolicyProps) {
  const { say } = useWords();
  const votes = policy.kind === 'votes' ? policy : { kind: 'votes' as const, votes: 5, start: false };
  const all: readonly Policy[] = [{ kind: 'host' }, votes, { kind: 'everybody' }];
  return (
    <>
      {all.map((one) => (
        <label key={one.kind} className="choice-line">
          <input
            type="radio"
            name="policy"
            checked={policy.kind === one.kind}
            onChange={() => onChange(one)}
            data-testid={`settings-policy-${one.kind}`}
          />
          {say(`settings.policy.${one.kind}`)}
        </label>
      ))}
      {policy.kind === 'votes' && (
        <div className="settings-inner">
          <Amount
            label={say('settings.policy.count')}
            value={policy.votes}
            most={1000}
            onChange={(count) => onChange({ ...policy, votes: count ?? 1 })}
          />
          <TickBox
            label={say('settings.policy.start')}
            checked={policy.start}
            onChange={(start) => onChange({ ...policy, start })}
          />
        </div>
      )}
    </>
  );
}

type AmountProps = {
  readonly label: string;
  readonly value: number | null;
  readonly most: number;
  /** Null where the field is empty: no limit. */
  readonly onChange: (value: number | null) => void;
};

function Amount({ label, value, most, onChange }: AmountProps) {
  const { say } = useWords();
  return (
    <NumberInput
      hideControls
      label={label}
      placeholder={say('settings.none')}
      value={value ?? ''}
      onChange={(typed) => onChange(typeof typed === 'number' ? typed : null)}
      min={1}
      max={most}
      allowDecimal={false}
      clampBehavior="blur"
      inputMode="numeric"
    />
  );
}
