/** The task of the chain: make the first neuron the fastest, then keep it so when the input moves a little. It says when it is done. */
import { VisuallyHidden } from '@mantine/core';
import type { Chain } from '../../../shared/core/chain.ts';
import { chainNudge, standingOf } from '../../../shared/protocol/chains.ts';
import { plainNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { Icon } from '../../shell/icons.tsx';
import { useSpoken } from '../../shell/live-region.tsx';

/** Draws both halves with what is done of them. */
export function ChainTask({ chain }: { readonly chain: Chain }) {
  const { say, language } = useWords();
  const { first, kept } = standingOf(chain);
  const by = plainNumber(chainNudge, language);
  const halves = [
    { name: 'first', done: first, text: say('chain.task.first') },
    { name: 'kept', done: kept, text: say('chain.task.kept', { by }) },
  ];
  useSpoken(kept ? say('chain.task.spoken.kept', { by }) : first ? say('chain.task.spoken.first') : '', true);
  return (
    <div className="chain-task step-checks" data-testid="chain-task">
      <h4 className="figure-subtitle">{say('chain.task')}</h4>
      <ul>
        {halves.map(({ name, done, text }) => (
          <li key={name} data-testid={`chain-task-${name}`} data-standing={done ? 'seen' : 'waits'}>
            <span className="check-mark" aria-hidden="true">
              {done && <Icon name="check" size={16} />}
            </span>
            <span>{text}</span>
            <VisuallyHidden>{say(done ? 'chain.task.done' : 'chain.task.open')}</VisuallyHidden>
          </li>
        ))}
      </ul>
    </div>
  );
}
