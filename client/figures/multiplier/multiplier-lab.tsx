/** Adding and multiplying, each made of the circuit before: the chapter's example of what levels are good for. */
import { useMemo, useState } from 'react';
import {
  arrayMultiplier,
  fullAdder,
  gatesOfMultiplier,
  gatesOfProducts,
  gatesOfTable,
  halfAdder,
  rippleAdder,
} from '../../../shared/core/circuits/arithmetic.ts';
import { type Circuit, depthOf, signalsOf, sizeOf } from '../../../shared/core/circuits/circuit.ts';
import { wholeNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { CircuitDrawing } from '../circuit/circuit-drawing.tsx';
import { Choice, FigureFrame, Slider } from '../parts.tsx';

type Part = 'half' | 'full' | 'adder' | 'multiplier';

const parts: readonly Part[] = ['half', 'full', 'adder', 'multiplier'];
const [fewest, most] = [2, 4];
const tabled = [2, 3, 4, 8, 16];

const circuitOf: Readonly<Record<Part, (bits: number) => Circuit>> = {
  half: halfAdder,
  full: fullAdder,
  adder: rippleAdder,
  multiplier: arrayMultiplier,
};

/** Draws the laboratory. */
export function MultiplierLab() {
  const { say, language } = useWords();
  const [part, setPart] = useState<Part>('multiplier');
  const [size, setSize] = useState(3);
  const [numbers, setNumbers] = useState({ a: 5, b: 6, c: 1 });
  const ofBits = part === 'half' || part === 'full';
  const bits = ofBits ? 1 : size;
  const circuit = useMemo(() => circuitOf[part](bits), [part, bits]);
  const table = useMemo(() => gatesOfTable(circuit), [circuit]);
  const largest = 2 ** bits - 1;
  const terms = (part === 'full' ? (['a', 'b', 'c'] as const) : (['a', 'b'] as const)).map((name) => ({
    name,
    value: Math.min(numbers[name], largest),
  }));
  const signals = signalsOf(
    circuit,
    terms.flatMap(({ value }) => placesOf(bits).map((place) => ((value >> place) & 1) === 1)),
  );
  const result = circuit.outputs.reduce((sum, signal, place) => sum + (signals[signal] === true ? 2 ** place : 0), 0);
  const number = (value: number): string => wholeNumber(value, language);
  const sign = part === 'multiplier' ? ' × ' : ' + ';
  return (
    <FigureFrame
      name="multiplier"
      title={say('figure.multiplier.title')}
      sentence={say('figure.multiplier.sentence', {
        problem: `${terms.map(({ value }) => value).join(sign)} = ${result}`,
        gates: number(sizeOf(circuit)),
        depth: depthOf(circuit),
        rows: number(2 ** circuit.inputs),
        table: number(table),
      })}
      picture={
        <CircuitDrawing
          circuit={circuit}
          signals={signals}
          onRemove={null}
          inputNames={terms.flatMap(({ name }) =>
            placesOf(bits).map((place) => (bits === 1 ? name : `${name}${place}`)),
          )}
          outputNames={circuit.outputs.map((_, place) => String(2 ** place))}
        />
      }
    >
      <Choice
        label={say('figure.multiplier.part')}
        options={parts.map((value) => ({ value, text: say(`figure.multiplier.part.${value}`) }))}
        value={part}
        hook="multiplier-part"
        onChange={setPart}
      />
      <div className="figure-controls">
        {!ofBits && (
          <Slider
            label={say('figure.multiplier.bits')}
            value={bits}
            least={fewest}
            most={most}
            step={1}
            said={String(bits)}
            hook="multiplier-bits"
            onChange={setSize}
          />
        )}
        {terms.map(({ name, value }) => (
          <Slider
            key={name}
            label={name}
            value={value}
            least={0}
            most={largest}
            step={1}
            said={String(value)}
            hook={`multiplier-${name}`}
            onChange={(changed) => setNumbers({ ...numbers, [name]: changed })}
          />
        ))}
      </div>
      <div className="figure-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{say('figure.multiplier.bits')}</th>
              <th scope="col">{say('figure.multiplier.column.parts')}</th>
              <th scope="col">{say('figure.multiplier.column.table')}</th>
            </tr>
          </thead>
          <tbody>
            {tabled.map((n) => (
              <tr key={n} aria-current={part === 'multiplier' && n === bits}>
                <td>{n}</td>
                <td>{number(gatesOfMultiplier(n))}</td>
                <td>{number(gatesOfProducts(n))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="figure-note">{say('figure.multiplier.note')}</p>
    </FigureFrame>
  );
}

const placesOf = (bits: number): number[] => Array.from({ length: bits }, (_, place) => place);
