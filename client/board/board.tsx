/** The board: what people propose to change, the most wanted first; what trains; and for the host batches, sweeps and settings. */
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { runOfProposal } from '../panels/lineage.ts';
import { useFacts, useMay, useRoom, useWaiting, useYou } from '../room/context.tsx';
import { Icon } from '../shell/icons.tsx';
import { byTeams, byVotes, openOf } from '../../shared/protocol/board.ts';
import { leads } from '../../shared/protocol/roles.ts';
import type { Proposal } from '../../shared/protocol/state.ts';
import { ProposalCard } from './proposal-card.tsx';
import { QueueList } from './queue-list.tsx';
import { SweepList } from './sweep-list.tsx';
import './board.css';

const ProposalForm = lazy(() => import('./proposal-form.tsx').then(({ ProposalForm: form }) => ({ default: form })));
const BoardSettings = lazy(() =>
  import('./board-settings.tsx').then(({ BoardSettingsDialog: dialog }) => ({ default: dialog })),
);
const SweepForm = lazy(() => import('./sweep-form.tsx').then(({ SweepForm: form }) => ({ default: form })));

/** Draws the board. */
export function Board() {
  const { say } = useWords();
  const state = useFacts();
  const you = useYou();
  const started = new Map(Object.values(state.runs).map((run) => [run.proposal, run] as const));
  const isSettled = ({ id, standing: { kind } }: Proposal): boolean =>
    kind === 'rejected' || kind === 'withdrawn' || started.has(id);
  const proposals = Object.values(state.proposals);
  const current = byVotes(proposals.filter((proposal) => !isSettled(proposal)));
  const settled = proposals.filter(isSettled).toReversed();
  const [batch, setBatch] = useState<readonly string[] | null>(null);
  const chosen = batch === null ? null : batch.filter((id) => current.some((proposal) => proposal.id === id));
  const mayBatch = useMay('start-batch');
  return (
    <section className="panel board" aria-labelledby="board-title">
      <BoardHead />
      {proposals.length === 0 && (
        <p className="soft">{say(leads(you.role) ? 'board.empty.host' : 'board.empty.student')}</p>
      )}
      {mayBatch && current.length > 1 && <BatchBar chosen={chosen} onChange={setBatch} />}
      {current.length > 0 && (
        <ul className="proposals">
          {current.map((proposal) => (
            <li key={proposal.id}>
              <ProposalCard
                proposal={proposal}
                choosing={
                  chosen === null
                    ? null
                    : {
                        chosen: chosen.includes(proposal.id),
                        choose: (choose) =>
                          setBatch(choose ? [...chosen, proposal.id] : chosen.filter((other) => other !== proposal.id)),
                      }
                }
              />
            </li>
          ))}
        </ul>
      )}
      <QueueList />
      <SweepList />
      {settled.length > 0 && (
        <details className="settled" open={current.length === 0}>
          <summary>{say('board.settled', { count: settled.length })}</summary>
          <ul className="proposals">
            {settled.map((proposal) => (
              <li key={proposal.id}>
                <ProposalCard proposal={proposal} started={runOfProposal(state, proposal)} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

type Opened = 'form' | 'settings' | 'sweep';

/** The title, what can be begun, and why nothing can be proposed where that is so. */
function BoardHead() {
  const { say } = useWords();
  const state = useFacts();
  const you = useYou();
  const { alone } = useRoom();
  const may = useMay('propose');
  const maySet = useMay('set-board');
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = (): void => setOpened(null);
  const bound = may && !leads(you.role);
  const frozen = bound && state.board.frozen;
  const { openEach } = state.board;
  const full = bound && openOf(state, you.id) >= openEach;
  const team = bound && byTeams(state) ? state.teams[you.id] : undefined;
  return (
    <>
      <div className="panel-head">
        <h2 id="board-title">{say('board.title')}</h2>
        <span className="board-tools">
          {may && (
            <Button
              size="sm"
              variant="light"
              leftSection={<Icon name="plus" size={16} />}
              onClick={() => setOpened('form')}
              disabled={frozen}
              data-testid="propose-open"
            >
              {say('board.propose')}
            </Button>
          )}
        </span>
      </div>
      {maySet && (
        <div className="board-tools">
          <button
            type="button"
            className="plain-button outlined"
            onClick={() => setOpened('sweep')}
            data-testid="sweep-open"
          >
            {say('sweep.open')}
          </button>
          {!alone && (
            <button
              type="button"
              className="plain-button outlined"
              onClick={() => setOpened('settings')}
              data-testid="board-settings-open"
            >
              <Icon name="settings" size={16} /> {say('settings.open')}
            </button>
          )}
        </div>
      )}
      {team !== undefined && (
        <p className="soft" data-testid="your-team">
          {say('board.team', { team, names: namesOf(state, team) })}
        </p>
      )}
      {frozen && (
        <p className="board-note" role="status">
          {say('board.frozen')}
        </p>
      )}
      {!frozen && full && (
        <p className="soft">{say(team === undefined ? 'board.full' : 'board.full.team', { count: openEach })}</p>
      )}
      {maySet && state.board.frozen && <p className="board-note">{say('board.frozen.host')}</p>}
      {opened !== null && (
        <Suspense fallback={null}>
          {opened === 'form' && <ProposalForm onClose={close} />}
          {opened === 'settings' && <BoardSettings onClose={close} />}
          {opened === 'sweep' && <SweepForm onClose={close} />}
        </Suspense>
      )}
    </>
  );
}

function namesOf(state: ReturnType<typeof useFacts>, team: number): string {
  return Object.values(state.people)
    .filter(({ id, here }) => here && state.teams[id] === team)
    .map(({ name }) => name)
    .join(' · ');
}

type BatchProps = {
  readonly chosen: readonly string[] | null;
  readonly onChange: (chosen: readonly string[] | null) => void;
};

/** Puts several proposals together, to start at the same moment. */
function BatchBar({ chosen, onChange }: BatchProps) {
  const { say } = useWords();
  const room = useRoom();
  const starting = useWaiting('start-batch');
  if (chosen === null) {
    return (
      <button
        type="button"
        className="plain-button outlined batch-open"
        onClick={() => onChange([])}
        data-testid="batch-open"
      >
        {say('batch.open')}
      </button>
    );
  }
  const start = async (): Promise<void> => {
    const ack = await room.send('start-batch', { proposals: [...chosen] });
    if (ack.ok) onChange(null);
  };
  return (
    <div className="batch-bar" data-testid="batch-bar">
      <Button
        size="sm"
        disabled={chosen.length === 0}
        loading={starting}
        onClick={() => void start()}
        data-testid="batch-start"
      >
        {say('batch.start', { count: chosen.length })}
      </Button>
      <Button size="sm" variant="subtle" onClick={() => onChange(null)}>
        {say('app.cancel')}
      </Button>
    </div>
  );
}
