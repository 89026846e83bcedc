/** The board: what people propose to change, open proposals first. */
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useWords } from '../i18n/words.ts';
import { useFacts, useMay, useYou } from '../room/context.tsx';
import { leads } from '../../shared/protocol/roles.ts';
import { Icon } from '../shell/icons.tsx';
import { ProposalCard } from './proposal-card.tsx';
import { runOfProposal } from './lineage.ts';

const ProposalForm = lazy(() => import('./proposal-form.tsx').then(({ ProposalForm: form }) => ({ default: form })));

/** Draws the board. */
export function Board() {
  const { say } = useWords();
  const state = useFacts();
  const you = useYou();
  const may = useMay('propose');
  const [opened, { open, close }] = useDisclosure(false);
  const proposals = Object.values(state.proposals).toReversed();
  const isSettled = (id: string, kind: string): boolean =>
    kind === 'rejected' || kind === 'withdrawn' || Object.values(state.runs).some((run) => run.proposal === id);
  const current = proposals.filter(({ id, standing }) => !isSettled(id, standing.kind));
  const settled = proposals.filter(({ id, standing }) => isSettled(id, standing.kind));
  return (
    <section className="panel" aria-labelledby="board-title">
      <div className="panel-head">
        <h2 id="board-title">{say('board.title')}</h2>
        {may && (
          <Button
            size="sm"
            variant="light"
            leftSection={<Icon name="plus" size={16} />}
            onClick={open}
            data-testid="propose-open"
          >
            {say('board.propose')}
          </Button>
        )}
      </div>
      {proposals.length === 0 && (
        <p className="soft">{say(leads(you.role) ? 'board.empty.host' : 'board.empty.student')}</p>
      )}
      {current.length > 0 && (
        <ul className="proposals">
          {current.map((proposal) => (
            <li key={proposal.id}>
              <ProposalCard proposal={proposal} />
            </li>
          ))}
        </ul>
      )}
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
      {opened && (
        <Suspense fallback={null}>
          <ProposalForm onClose={close} />
        </Suspense>
      )}
    </section>
  );
}
