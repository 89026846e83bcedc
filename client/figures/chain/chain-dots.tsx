/** Everybody's chain as a dot: how many times faster or slower its first neuron learns than its last, in powers of ten. */
import { useComputedColorScheme } from '@mantine/core';
import { chainDecades, chainNudge, type ChainsTold } from '../../../shared/protocol/chains.ts';
import { plainNumber, powerOfTen, wholeNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { useSize } from '../../plots/use-size.ts';
import { heatColours, paletteOf } from '../../theme.ts';
import { timesText } from '../parts.tsx';
import { pilesOf, shares } from './dots.ts';

const small = { top: 28, bottom: 40, lane: 44, side: 16, least: 3, most: 7, tick: 12 };
/** On the projector type is as large as the back row needs it. */
const large = { top: 48, bottom: 84, lane: 96, side: 36, least: 5, most: 16, tick: 28 };

/** Decades of a number with one digit. */
const rounded = (decades: number): number =>
  decades < 6 ? Math.log10(Number((10 ** decades).toPrecision(1))) : decades;

type Props = {
  readonly told: ChainsTold;
  /** The own chain's decades, null where nothing reaches its first neuron; left out where there is none. */
  readonly own?: number | null;
  readonly projected?: boolean;
  /** Its heading, by what it stands below. */
  readonly heading: 'h2' | 'h3' | 'h4';
};

/** Draws the dots, what they say, and the counts of the task. */
export function ChainDots({ told, own, projected = false, heading: Heading }: Props) {
  const { say, language } = useWords();
  const [box, { width, height }] = useSize<HTMLDivElement>();
  const palette = paletteOf(useComputedColorScheme('light'));
  const [shrinks = '', , grows = ''] = heatColours(palette, 3);
  const { people, counts, zero, first, kept } = told;
  const look = projected ? large : small;
  const inner = {
    width: Math.max(1, width - look.lane - look.side),
    height: Math.max(1, height - look.top - look.bottom),
  };
  const { domain, column, piles, each, radius } = pilesOf(counts, zero, {
    ...inner,
    least: look.least,
    most: look.most,
  });
  const [low, high] = domain;
  const x = (decades: number): number => look.lane + (inner.width * (decades - low)) / (high - low);
  const floor = height - look.bottom;
  const lane = look.lane / 2;
  const every = Math.max(1, Math.ceil((high - low) / Math.max(2, inner.width / (look.tick * 4.5))));
  const ticks = Array.from({ length: high - low + 1 }, (_, n) => low + n).filter((tick) => tick % every === 0);
  const said = shares(counts, zero);
  const number = (value: number): string => wholeNumber(value, language);
  const values = {
    count: people,
    people: number(people),
    slower: number(said.slower),
    even: number(said.even),
    faster: number(said.faster),
    zero: number(zero),
    // They come in quarters of a decade, which one digit says well enough.
    ratio: said.middle === null ? '' : timesText(rounded(Math.abs(said.middle)), language),
  };
  const middle = said.middle === null || said.middle === 0 ? 'even' : said.middle < 0 ? 'slower' : 'faster';
  const sentence =
    people === 0
      ? say('chains.none')
      : `${say('chains.sentence', values)} ${zero > 0 ? say('chains.sentence.zero', values) : ''} ${said.middle === null ? '' : say(`chains.middle.${middle}`, values)}`;
  return (
    <section className="chain-dots" aria-label={say('chains.title')} data-testid="chain-dots" data-people={people}>
      <Heading className="figure-subtitle">{say('chains.title')}</Heading>
      <div className="chain-dots-plot" ref={box}>
        {width > 0 && (
          <svg width={width} height={height} role="img" aria-label={sentence}>
            <rect className="chain-lane" x={0} width={look.lane - 8} y={look.top} height={inner.height} />
            <text
              className="figure-tick"
              x={lane - 4}
              y={floor + look.tick * 1.3}
              textAnchor="middle"
              fontSize={look.tick}
            >
              0
            </text>
            <line className="figure-axis" x1={look.lane} x2={width - look.side} y1={floor} y2={floor} />
            <line className="figure-axis" x1={x(0)} x2={x(0)} y1={look.top - 8} y2={floor} strokeDasharray="4 4" />
            {ticks.map((tick) => (
              <text
                key={tick}
                className="figure-tick"
                x={x(tick)}
                y={floor + look.tick * 1.3}
                textAnchor="middle"
                fontSize={look.tick}
              >
                {tick === chainDecades.least || tick === chainDecades.most ? (tick < 0 ? '≤' : '≥') : ''}
                {tick === 0 ? '1' : powerOfTen(tick)}
              </text>
            ))}
            <text className="figure-tick" x={x(0) - 8} y={look.tick} textAnchor="end" fontSize={look.tick}>
              ← {x(0) > look.tick * 10 && say('chains.slower')}
            </text>
            {width - x(0) > look.tick * 7 && (
              <text className="figure-tick" x={x(0) + 8} y={look.tick} fontSize={look.tick}>
                {say('chains.faster')} →
              </text>
            )}
            {pile(lane - 4, zero, palette.soft)}
            {piles.map(({ decades, count }) => (
              <g key={decades}>{pile(x(decades), count, decades < 0 ? shrinks : decades > 0 ? grows : palette.soft)}</g>
            ))}
            {own !== undefined && ownMark()}
          </svg>
        )}
      </div>
      <p className="chain-dots-sentence" data-testid="chain-dots-sentence">
        {sentence}
      </p>
      {each > 1 && <p className="figure-note">{say('chains.each', { count: each })}</p>}
      <p className="chain-dots-task" data-testid="chain-dots-task">
        {say('chains.task', {
          first: number(first),
          kept: number(kept),
          people: values.people,
          by: plainNumber(chainNudge, language),
        })}
      </p>
    </section>
  );

  function pile(at: number, count: number, fill: string) {
    return Array.from({ length: Math.ceil(count / each) }, (_, n) => (
      <circle key={n} cx={at} cy={floor - 2 - radius * (2 * n + 1)} r={Math.max(1, radius - 0.75)} fill={fill} />
    ));
  }

  /** An arrow from below at the place of the own chain. */
  function ownMark() {
    const decades = own === null ? null : Math.max(low, Math.min(high, own ?? 0));
    const at = decades === null ? lane - 4 : x(Math.round(decades / column) * column);
    return (
      <g data-testid="chain-dots-own">
        <path d={`M${at} ${floor + 2}l-6 9h12z`} fill="var(--lab-ink)" />
        <text className="figure-point" x={Math.max(16, Math.min(width - 24, at))} y={height - 2} textAnchor="middle">
          {say('sweep.you')}
        </text>
      </g>
    );
  }
}
