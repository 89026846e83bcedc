/** One proposal: what would change and nothing else, who proposes it and why, how many are for it, what is said of it, how it stands. */
import { wholeNumber } from '../../shared/words/numbers.ts';
import { type Say, useWords } from '../i18n/words.ts';
import { saidTime } from '../panels/said-time.ts';
import { saidDifferences } from '../../shared/words/difference.ts';
import { shareLeft } from '../panels/draft.ts';
import { baseOf, nameOfBase } from '../panels/lineage.ts';
import { useShownName } from '../people/shown-name.ts';
import { useFacts, useYou } from '../room/context.tsx';
import { useSeconds } from '../room/speed.ts';
import { byTeams } from '../../shared/protocol/board.ts';
import type { Proposal, RoomRun } from '../../shared/protocol/state.ts';
import { Comments } from './comments.tsx';
import { ControlNote } from './control-note.tsx';
import { ProposalButtons } from './proposal-buttons.tsx';
import { TickBox } from './tick-box.tsx';
import { VoteButton } from './vote-button.tsx';

/** Whether a proposal is chosen for a batch; null where none is being put together. */
export type Choosing = { readonly chosen: boolean; readonly choose: (chosen: boolean) => void } | null;

type Props = {
  readonly proposal: Proposal;
  readonly started?: RoomRun | undefined;
  readonly choosing?: Choosing;
};

/** Draws the proposal. */
export function ProposalCard({ proposal, started, choosing = null }: Props) {
  const words = useWords();
  const { say, language } = words;
  const state = useFacts();
  const { configuration, fork, standing, reason } = proposal;
  const base = baseOf(state, proposal.base);
  const seconds = useSeconds(configuration);
  const left = shareLeft(configuration, fork);
  const changes = saidDifferences(words, base.configuration, configuration);
  return (
    <article className="proposal" data-testid={`proposal-${proposal.id}`} data-standing={standing.kind}>
      <div className="proposal-top">
        <ul className="changes">
          {changes.map(({ path, field, from, to }) => (
            <li key={path}>
              <span className="change-field">{field}</span> <span className="change-from">{from}</span>
              <span aria-hidden="true"> → </span>
              <strong>{to}</strong>
            </li>
          ))}
        </ul>
        <VoteButton proposal={proposal} settled={started !== undefined} />
      </div>
      {fork !== null && base.run !== null && (
        <p className="proposal-fork" data-testid="proposal-fork">
          {say('board.fork', { step: wholeNumber(fork, language), label: base.run.label })}
        </p>
      )}
      <p className="soft">
        {say('board.rest', { base: nameOfBase(say, base) })}
        {seconds !== null && (
          <span data-testid="proposal-time"> · {say('board.time', { time: saidTime(words, seconds * left) })}</span>
        )}
      </p>
      <ControlNote base={base} configuration={configuration} fork={fork} />
      {reason !== '' && <blockquote>{reason}</blockquote>}
      <p className="proposal-foot">
        <AuthorName proposal={proposal} />
        <span className={`standing ${standing.kind}`}>{saidStanding(say, proposal, started)}</span>
      </p>
      {choosing !== null && (
        <TickBox
          label={say('batch.choose')}
          checked={choosing.chosen}
          onChange={choosing.choose}
          testId={`choose-${proposal.id}`}
        />
      )}
      {started === undefined && choosing === null && <ProposalButtons proposal={proposal} />}
      <Comments proposal={proposal} />
    </article>
  );
}

function AuthorName({ proposal: { author } }: { readonly proposal: Proposal }) {
  const { say } = useWords();
  const state = useFacts();
  const you = useYou();
  const name = useShownName()(author);
  const team = byTeams(state) ? state.teams[author] : undefined;
  const by = author === you.id ? say('board.by.you') : say('board.by', { name });
  return <span className="soft">{team === undefined ? by : say('board.by.team', { by, team })}</span>;
}

function saidStanding(say: Say, { standing }: Proposal, started: RoomRun | undefined): string {
  if (started !== undefined) return say('board.standing.started', { label: started.label });
  if (standing.kind === 'rejected' && standing.reason !== '') {
    return say('board.standing.rejected.why', { reason: standing.reason });
  }
  if (standing.kind === 'accepted' && standing.by === 'votes') return say('board.standing.accepted.votes');
  return say(`board.standing.${standing.kind}`);
}
