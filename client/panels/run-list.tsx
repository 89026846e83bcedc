/** The runs of the room: mark and letter, how they differ from what they came from, how far they are. */
import { useWords } from '../i18n/words.ts';
import { useFacts, useMay, useRoom } from '../room/context.tsx';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { baseOfRun, nameOfBase } from './lineage.ts';
import { onOneLine, saidDifferences, shortNetwork } from './difference.ts';
import { RunMark } from './run-mark.tsx';
import { RunStatusLine } from './run-status.tsx';
import { useShownRun } from './use-shown-run.ts';
import { VerifyButton, VerifyNote } from './verify-run.tsx';
import { isVerifiable } from '../verify/task.ts';

/** Draws the list, the newest run first. */
export function RunList() {
  const { say } = useWords();
  const { runs } = useFacts();
  const shown = useShownRun();
  const may = useMay('seek');
  const list = Object.values(runs).toReversed();
  return (
    <section className="panel" aria-labelledby="runs-title">
      <h2 id="runs-title">{say('runs.title')}</h2>
      {list.length === 0 && <p className="soft">{say(may ? 'runs.empty.host' : 'runs.empty.student')}</p>}
      <ul className="runs">
        {list.map((run) => (
          <li key={run.id}>
            <RunItem run={run} isShown={shown?.id === run.id} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function RunItem({ run, isShown }: { readonly run: RoomRun; readonly isShown: boolean }) {
  const words = useWords();
  const { say } = words;
  const room = useRoom();
  const state = useFacts();
  const may = useMay('seek');
  const base = baseOfRun(state, run);
  const changes = saidDifferences(words, base.configuration, run.configuration);
  const name = nameOfBase(say, base);
  const difference =
    run.origin !== null
      ? say('runs.fork', { label: base.run?.label ?? '', step: run.origin.step })
      : changes.length === 0
        ? say('runs.same', { base: name })
        : say('runs.against', {
            base: name,
            changes: changes.map(onOneLine).join(words.language === 'en' ? ', ' : '，'),
          });
  const look = (): void => {
    const step = room.stage.furthest(run.id);
    if (may) void room.send('seek', { run: run.id, step });
    else if (state.playhead?.run === run.id) room.look({ kind: 'class' });
    else room.look({ kind: 'alone', run: run.id, step: Math.max(step, room.frames.of(run.id).lastStep, 0) });
  };
  const verifiable = isVerifiable(run);
  return (
    <div className="run-card">
      <button
        type="button"
        className="run"
        aria-current={isShown}
        title={say(may ? 'runs.look.host' : 'runs.look.student', { label: run.label })}
        onClick={look}
        data-testid={`run-${run.id}`}
      >
        <span className="run-head">
          <RunMark label={run.label} />
          <strong>{run.label}</strong>
          <span className="run-network">
            {shortNetwork(run.configuration.hidden)} {say(`activation.${run.configuration.activation}`)}
          </span>
          {isShown && <span className="run-shown">{say('runs.looking')}</span>}
        </span>
        <span className="run-difference">{difference}</span>
      </button>
      <div className="run-foot">
        <span className="run-state">
          <RunStatusLine run={run} />
        </span>
        {verifiable && <VerifyButton run={run} />}
      </div>
      {verifiable && <VerifyNote run={run} />}
    </div>
  );
}
