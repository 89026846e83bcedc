/** The chain of the student under the spotlight, as everybody sees it: its factors, its gradients, and what they come to. */
import { useComputedColorScheme } from '@mantine/core';
import { followChain } from '../../../shared/core/chain.ts';
import type { ChainsTold } from '../../../shared/protocol/chains.ts';
import { plainNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { useShownName } from '../../people/shown-name.ts';
import { heatColours, paletteOf } from '../../theme.ts';
import { index, timesText } from '../parts.tsx';
import { ChainPlot } from './chain-plot.tsx';
import { factorsOf, ratioOf } from './facts.ts';

type Props = {
  readonly shown: NonNullable<ChainsTold['shown']>;
  readonly projected?: boolean;
  readonly heading: 'h2' | 'h3' | 'h4';
};

/** Draws it with the name of its owner. */
export function ShownChain({ shown, projected = false, heading: Heading }: Props) {
  const { say, language } = useWords();
  const nameOf = useShownName();
  const [shrinks = '', , grows = ''] = heatColours(paletteOf(useComputedColorScheme('light')), 3);
  const links = followChain(shown.chain);
  const ratio = ratioOf(links);
  const last = links.length;
  const values = { last, ratio: timesText(Math.abs(ratio), language) };
  const words = !Number.isFinite(ratio) ? 'nothing' : Math.abs(ratio) < 0.1 ? 'even' : ratio < 0 ? 'slower' : 'faster';
  const number = (value: number): string => plainNumber(Number(value.toPrecision(3)), language);
  return (
    <section className="shown-chain" data-testid="shown-chain" data-person={shown.person}>
      <Heading className="figure-subtitle">{say('chains.shown', { name: nameOf(shown.person) })}</Heading>
      <ChainPlot
        factors={factorsOf(links).map(({ magnitude }) => magnitude)}
        gradients={links.map(({ gradient }) => gradient)}
        chosen={null}
        colours={{ grows, shrinks }}
        projected={projected}
      />
      <table className="shown-chain-numbers">
        <tbody>
          {(['weight', 'bias'] as const).map((what) => (
            <tr key={what}>
              <th scope="row">{what === 'weight' ? 'w' : 'b'}</th>
              {links.map((link, j) => (
                <td key={j}>{number(link[what])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="chain-dots-sentence">
        {say(`chains.shown.${words}`, values)} a{index(0)} = {number(shown.chain.input)}
      </p>
    </section>
  );
}
