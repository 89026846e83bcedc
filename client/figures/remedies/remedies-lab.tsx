/** What helps, measured here and now: by how much each layer changes a gradient on its way back, network by network, at the start. */
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { RunConfiguration } from '../../../shared/core/configuration.ts';
import { saidField, saidValue } from '../../../shared/words/difference.ts';
import { factorNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { heatColours, paletteOf } from '../../theme.ts';
import { Choice, FigureFrame, timesText } from '../parts.tsx';
import type { StartOrder, StartReport } from '../start/start-messages.ts';

/** Networks of each kind, and images that they are measured on: enough for two digits, few enough for a phone. */
const networks = 5;
const images = 300;
const width = 100;
const depths = ['5', '10', '20'] as const;
/** Factors nearer to 1 than this share pass the gradient on. */
const level = 0.1;
/** Below this, in decades, layers learn about equally fast. */
const even = Math.log10(1.5);

type Kind = Pick<RunConfiguration, 'activation'> & {
  readonly initialization: Pick<RunConfiguration['initialization'], 'scheme'>;
  readonly normalization?: RunConfiguration['normalization'];
  readonly residual?: boolean;
};

const kinds: readonly Kind[] = [
  { activation: 'sigmoid', initialization: { scheme: 'scaled-normal' } },
  { activation: 'sigmoid', initialization: { scheme: 'xavier-uniform' } },
  { activation: 'sigmoid', initialization: { scheme: 'standard-normal' } },
  { activation: 'sigmoid', initialization: { scheme: 'scaled-normal' }, normalization: 'batch' },
  { activation: 'sigmoid', initialization: { scheme: 'scaled-normal' }, residual: true },
  { activation: 'tanh', initialization: { scheme: 'standard-uniform' } },
  { activation: 'tanh', initialization: { scheme: 'xavier-uniform' } },
  { activation: 'tanh', initialization: { scheme: 'orthogonal' } },
  { activation: 'relu', initialization: { scheme: 'standard-uniform' } },
  { activation: 'relu', initialization: { scheme: 'he-normal' } },
  { activation: 'relu', initialization: { scheme: 'he-normal' }, normalization: 'batch' },
  { activation: 'relu', initialization: { scheme: 'he-normal' }, residual: true },
];

/** Draws the table. */
export function RemediesLab() {
  const { say, language } = useWords();
  const [depth, setDepth] = useState<(typeof depths)[number]>('10');
  const { decades, failed } = useSteepness(Number(depth));
  const measured = decades.filter((one) => one !== null);
  const factors = measured.map((one) => factorOf(one, Number(depth)));
  const steepest = Math.max(...measured);
  const sentence = ((): string => {
    if (failed) return say('figure.start.failed');
    if (measured.length < kinds.length)
      return say('figure.remedies.waiting', { done: measured.length, count: kinds.length });
    return say('figure.remedies.sentence', {
      depth,
      factor: factorNumber(factorOf(steepest, Number(depth)), language),
      ratio: roughly(steepest),
      level: factors.filter((factor) => Math.abs(factor - 1) < level).length,
      count: kinds.length,
    });
  })();
  return (
    <FigureFrame
      name="remedies"
      title={say('figure.remedies.title', { depth, width })}
      sentence={sentence}
      picture={
        <div className="figure-scroll">
          <table className="remedies" data-measured={measured.length}>
            <thead>
              <tr>
                <th scope="col">{say('figure.remedies.column.network')}</th>
                <th scope="col">{say('figure.remedies.column.factor')}</th>
                <th scope="col">{say('figure.remedies.column.ratio', { depth })}</th>
              </tr>
            </thead>
            <tbody>
              {kinds.map((kind, k) => {
                const one = decades[k] ?? null;
                const factor = one === null ? null : factorOf(one, Number(depth));
                return (
                  <tr key={k} data-testid={`remedy-${k + 1}`}>
                    <th scope="row">{nameOf(kind)}</th>
                    <td className="remedies-factor">
                      {factor === null ? '…' : factorNumber(factor, language)}
                      {factor !== null && <FactorBar factor={factor} />}
                    </td>
                    <td>{one === null ? '…' : ratioOf(one)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      }
    >
      <Choice
        label={say('figure.start.depth')}
        options={depths.map((value) => ({ value, text: value }))}
        value={depth}
        hook="remedies-depth"
        onChange={setDepth}
      />
      <p className="figure-note">{say('figure.remedies.note', { networks, images })}</p>
    </FigureFrame>
  );

  function nameOf({ activation, initialization, normalization, residual }: Kind): string {
    const parts = [
      saidValue(say, language, 'activation', activation),
      saidValue(say, language, 'initialization.scheme', initialization.scheme),
      ...(normalization === 'batch' ? [say('figure.remedies.batch')] : []),
      ...(residual === true ? [saidField(say, 'residual')] : []),
    ];
    return parts.join(' · ');
  }

  /** Five networks tell two digits of a mean. */
  function roughly(one: number): string {
    return timesText(Math.log10(Number((10 ** one).toPrecision(2))), language);
  }

  function ratioOf(one: number): string {
    if (Math.abs(one) < even) return say('figure.remedies.even');
    const ratio = roughly(Math.abs(one));
    return say(one > 0 ? 'figure.remedies.slower' : 'figure.remedies.faster', { ratio });
  }
}

/** What one layer multiplies a gradient by on its way back, where so many layers make so many decades. */
const factorOf = (decades: number, depth: number): number => 10 ** (-decades / (depth - 1));

const bar = { width: 88, height: 10, decades: 1 };

/** From the middle, which is 1, to the left where a gradient shrinks and to the right where it grows; in decades. */
function FactorBar({ factor }: { readonly factor: number }) {
  const [shrinks = '', , grows = ''] = heatColours(paletteOf(useComputedColorScheme('light')), 3);
  const half = bar.width / 2;
  const length = Math.min(half, (Math.abs(Math.log10(factor)) / bar.decades) * half);
  return (
    <svg className="remedies-bar" width={bar.width} height={bar.height + 4} aria-hidden="true">
      <rect
        x={factor < 1 ? half - length : half}
        y={2}
        width={length}
        height={bar.height}
        fill={factor < 1 ? shrinks : grows}
      />
      <line x1={half} x2={half} y1={0} y2={bar.height + 4} stroke="var(--lab-ink)" />
    </svg>
  );
}

/** Has all kinds measured in a worker; of each the mean decades between last and first hidden layer, null until it is known. */
function useSteepness(depth: number) {
  const [known, setKnown] = useState<{ depth: number; decades: readonly (number | null)[] }>({ depth, decades: [] });
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const worker = new Worker(new URL('../start/start-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<StartReport>) => {
      setFailed(false);
      const its = data.rms.map((rms) => Math.log10((rms.at(-1) ?? NaN) / (rms[0] ?? NaN)));
      const mean = its.reduce((sum, one) => sum + one, 0) / its.length;
      setKnown((before) => {
        const decades = before.depth === depth ? before.decades : [];
        return { depth, decades: kinds.map((_, k) => (k === data.number ? mean : (decades[k] ?? null))) };
      });
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      setFailed(true);
    });
    for (const [number, kind] of kinds.entries()) {
      const order: StartOrder = {
        number,
        networks,
        input: {
          dataset: { name: 'mnist', train: images, test: 0 },
          hidden: Array<number>(depth).fill(width),
          output: 'softmax',
          batchSize: 'full',
          probe: images,
          ...kind,
        },
      };
      worker.postMessage(order);
    }
    return () => worker.terminate();
  }, [depth]);
  return { decades: known.depth === depth ? known.decades : [], failed };
}
