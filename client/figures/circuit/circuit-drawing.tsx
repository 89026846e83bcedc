/** A circuit drawn level by level, with the signals of one row of inputs; gates can be taken away by pressing them. */
import type { KeyboardEvent } from 'react';
import { type Circuit, depthsOf, type GateKind } from '../../../shared/core/circuits/circuit.ts';
import { useWords } from '../../i18n/words.ts';
import { useSize } from '../../plots/use-size.ts';

/** More gates than that are no picture any more. */
const mostDrawn = 60;
const gateSize = { width: 44, height: 26 };
/** Pixels from one level to the next at least: on a narrow page a deep circuit is scrolled. */
const leastStep = 62;

const signs: Readonly<Record<GateKind, string>> = { and: 'AND', or: 'OR', not: 'NOT', nand: 'NAND', xor: 'XOR' };

type Props = {
  readonly circuit: Circuit;
  /** Of every input and gate. */
  readonly signals: readonly boolean[];
  readonly onRemove: ((gate: number) => void) | null;
  /** What the inputs are called; x1, x2, ... where it is not said. */
  readonly inputNames?: readonly string[];
  /** What stands beside the gates that the outputs come from. */
  readonly outputNames?: readonly string[];
};

/** Draws inputs at the left and the output at the right. */
export function CircuitDrawing({ circuit, signals, onRemove, inputNames = [], outputNames = [] }: Props) {
  const { say } = useWords();
  const [box, { width: room }] = useSize<HTMLDivElement>();
  const { inputs, gates, outputs } = circuit;
  const negations = new Map(gates.flatMap(({ kind, from }, g) => (kind === 'not' ? [[inputs + g, from[0] ?? 0]] : [])));
  const drawn = gates.length - negations.size;
  if (drawn > mostDrawn)
    return <p className="figure-note">{say('figure.circuit.many', { gates: drawn, most: mostDrawn })}</p>;
  const depths = depthsOf(circuit);
  const deepest = Math.max(1, ...outputs.map((signal) => depths[signal] ?? 0));
  const levels = Array.from({ length: deepest + 1 }, (_, level) =>
    depths.flatMap((depth, signal) => (depth === level && !negations.has(signal) ? [signal] : [])),
  );
  const width = Math.max(room, 92 + leastStep * deepest);
  const height = Math.max(160, 34 * Math.max(...levels.map((level) => level.length)));
  const x = (level: number): number => 44 + (level / deepest) * Math.max(0, width - 92);
  const placed = new Map(
    levels.flatMap((level, l) =>
      level.map((signal, i) => [signal, { x: x(l), y: ((i + 0.5) / level.length) * height }] as const),
    ),
  );
  const colour = (on: boolean): string => (on ? 'var(--lab-accent)' : 'var(--lab-line)');
  return (
    // A wide circuit is pushed with the arrows; where its gates can be pressed, they are what the Tab key goes to.
    <div
      ref={box}
      className="figure-scroll"
      {...(onRemove === null ? { tabIndex: 0, role: 'group', 'aria-label': say('figure.circuit.drawing') } : {})}
    >
      <svg width={width} height={height} role="group" aria-label={say('figure.circuit.drawing')}>
        {gates.flatMap(({ kind, from }, g) => {
          const end = placed.get(inputs + g);
          if (kind === 'not' || end === undefined) return [];
          return from.map((signal, i) => {
            const source = negations.get(signal);
            const start = placed.get(source ?? signal);
            if (start === undefined) return null;
            const on = signals[signal] ?? false;
            return (
              <g key={`${g} ${i}`}>
                <line x1={start.x} y1={start.y} x2={end.x} y2={end.y} stroke={colour(on)} strokeWidth={on ? 1.75 : 1} />
                {source !== undefined && (
                  <circle
                    cx={start.x + (end.x - start.x) * 0.16}
                    cy={start.y + (end.y - start.y) * 0.16}
                    r={3}
                    fill="var(--lab-panel)"
                    stroke="var(--lab-soft)"
                  />
                )}
              </g>
            );
          });
        })}
        {[...placed].map(([signal, place]) => {
          const gate = gates[signal - inputs];
          const on = signals[signal] ?? false;
          if (gate === undefined)
            return <Input key={signal} place={place} name={inputNames[signal] ?? `x${signal + 1}`} on={on} />;
          const name = say('figure.circuit.gate', { gate: signs[gate.kind], value: on ? 1 : 0 });
          const remove = onRemove === null ? null : () => onRemove(signal - inputs);
          return <Gate key={signal} place={place} sign={signs[gate.kind]} name={name} on={on} onPress={remove} />;
        })}
        {outputs.map((signal, output) => {
          const place = placed.get(signal);
          return place === undefined || outputNames[output] === undefined ? null : (
            <text key={`output ${signal}`} className="figure-tick" x={place.x + gateSize.width / 2 + 3} y={place.y + 4}>
              {outputNames[output]}
            </text>
          );
        })}
      </svg>
      <p className="figure-note">
        {say('figure.circuit.legend')} {negations.size > 0 && say('figure.circuit.legend.not')}{' '}
        {onRemove !== null && say('figure.circuit.legend.remove')}
      </p>
    </div>
  );
}

type Place = { readonly x: number; readonly y: number };

const Input = ({ place: { x, y }, name, on }: { place: Place; name: string; on: boolean }) => (
  <g>
    <circle cx={x} cy={y} r={13} fill={on ? 'var(--lab-accent)' : 'var(--lab-panel)'} stroke="var(--lab-soft)" />
    <text
      x={x}
      y={y + 4}
      textAnchor="middle"
      fontSize={12}
      fontWeight={650}
      fill={on ? 'var(--lab-accentInk)' : 'var(--lab-ink)'}
    >
      {on ? 1 : 0}
    </text>
    <text className="figure-tick" x={x - 17} y={y + 4} textAnchor="end">
      {name}
    </text>
  </g>
);

type GateProps = {
  readonly place: Place;
  readonly sign: string;
  readonly name: string;
  readonly on: boolean;
  readonly onPress: (() => void) | null;
};

function Gate({ place: { x, y }, sign, name, on, onPress }: GateProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onPress?.();
  };
  const pressed = onPress === null ? {} : { role: 'button', tabIndex: 0, onClick: onPress, onKeyDown };
  return (
    <g {...pressed} aria-label={name} className={onPress === null ? undefined : 'circuit-gate'}>
      <title>{name}</title>
      <rect
        x={x - gateSize.width / 2}
        y={y - gateSize.height / 2}
        width={gateSize.width}
        height={gateSize.height}
        rx={6}
        fill={on ? 'var(--lab-accent)' : 'var(--lab-panel)'}
        stroke="var(--lab-soft)"
      />
      <text
        x={x}
        y={y + 4}
        textAnchor="middle"
        fontSize={12}
        fontWeight={650}
        fill={on ? 'var(--lab-accentInk)' : 'var(--lab-ink)'}
      >
        {sign}
      </text>
    </g>
  );
}
