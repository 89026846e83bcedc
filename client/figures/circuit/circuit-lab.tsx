/** Parity in logic circuits: how many gates it takes at each depth, live on the inputs, and what one gate is worth. */
import { VisuallyHidden } from '@mantine/core';
import { useMemo, useState } from 'react';
import {
  type Circuit,
  depthOf,
  rowsApart,
  signalsOf,
  sizeOf,
  truthTables,
  withoutGate,
} from '../../../shared/core/circuits/circuit.ts';
import {
  deepestBlocks,
  gatesOfTree,
  gatesOfTwoLevels,
  parityOfDepth,
  parityTree,
} from '../../../shared/core/circuits/parity.ts';
import { wholeNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { Choice, FigureButton, FigureFrame, Slider } from '../parts.tsx';
import { CircuitDrawing } from './circuit-drawing.tsx';

const [fewest, most] = [2, 8];
const tabled = [4, 8, 16, 32];

/** Draws the laboratory. */
export function CircuitLab() {
  const { say, language } = useWords();
  const [bits, setBits] = useState(4);
  const [depth, setDepth] = useState(2);
  const [kind, setKind] = useState<'blocks' | 'tree' | 'nand'>('blocks');
  const [row, setRow] = useState<readonly boolean[]>([true, false, true, true]);
  const [removed, setRemoved] = useState<number | null>(null);
  const deepest = deepestBlocks(bits);
  const used = Math.min(depth, deepest);
  const whole = useMemo(
    () => (kind === 'blocks' ? parityOfDepth(bits, used) : parityTree(bits, kind === 'nand' ? 'nand' : 'xor')),
    [bits, used, kind],
  );
  const circuit = useMemo(() => (removed === null ? whole : withoutGate(whole, removed)), [whole, removed]);
  const wrong = useMemo(() => rowsWrong(circuit), [circuit]);
  const signals = signalsOf(circuit, row.slice(0, bits));
  const odd = row.slice(0, bits).filter(Boolean).length % 2 === 1;
  const answer = circuit.outputs[0] === undefined ? false : (signals[circuit.outputs[0]] ?? false);
  const number = (value: number): string => wholeNumber(value, language);
  const values = {
    bits,
    gates: number(sizeOf(circuit)),
    depth: depthOf(circuit),
    rows: number(2 ** bits),
    wrong: number(wrong),
    shallow: number(gatesOfTwoLevels(bits)),
    tree: number(gatesOfTree(bits)),
  };
  const restart = (change: () => void): void => {
    change();
    setRemoved(null);
  };
  return (
    <FigureFrame
      name="circuit"
      title={say('figure.circuit.title')}
      sentence={say(wrong === 0 ? 'figure.circuit.right' : 'figure.circuit.wrong', values)}
      picture={picture()}
    >
      <div className="figure-controls">
        <Slider
          label={say('figure.circuit.bits')}
          value={bits}
          least={fewest}
          most={most}
          step={1}
          said={String(bits)}
          hook="circuit-bits"
          onChange={(value) =>
            restart(() => {
              setBits(value);
              setRow(Array.from({ length: value }, (_, i) => row[i] ?? i % 3 === 0));
            })
          }
        />
        {kind === 'blocks' && (
          <Slider
            label={say('figure.circuit.depth')}
            value={used}
            least={2}
            most={deepest}
            step={1}
            said={String(used)}
            hook="circuit-depth"
            onChange={(value) => restart(() => setDepth(value))}
          />
        )}
      </div>
      <Choice
        label={say('figure.circuit.kind')}
        options={[
          { value: 'blocks', text: say('figure.circuit.kind.blocks') },
          { value: 'tree', text: say('figure.circuit.kind.tree') },
          { value: 'nand', text: say('figure.circuit.kind.nand') },
        ]}
        value={kind}
        hook="circuit-kind"
        onChange={(value) => restart(() => setKind(value))}
      />
      {removed !== null && (
        <div>
          <FigureButton text={say('figure.circuit.restore')} hook="circuit-restore" onPress={() => setRemoved(null)} />
        </div>
      )}
      <div className="figure-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{say('figure.circuit.bits')}</th>
              <th scope="col">{say('figure.circuit.column.two')}</th>
              <th scope="col">{say('figure.circuit.column.three')}</th>
              <th scope="col">{say('figure.circuit.column.tree')}</th>
            </tr>
          </thead>
          <tbody>
            {tabled.map((n) => (
              <tr key={n} aria-current={n === bits}>
                <td>{n}</td>
                <td>{number(gatesOfTwoLevels(n))}</td>
                <td>{number(sizeOf(parityOfDepth(n, 3)))}</td>
                <td>{number(gatesOfTree(n))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="figure-note">{say('figure.circuit.caution')}</p>
    </FigureFrame>
  );

  function picture() {
    return (
      <>
        <div className="circuit-inputs" role="group" aria-label={say('figure.circuit.inputs')}>
          {row.slice(0, bits).map((on, i) => (
            <button
              key={i}
              type="button"
              className="plain-button"
              aria-pressed={on}
              data-testid={`circuit-input-${i + 1}`}
              onClick={() => setRow(row.map((its, j) => (j === i ? !its : its)))}
            >
              <VisuallyHidden>{say('figure.circuit.input', { input: i + 1 })}</VisuallyHidden>
              {on ? 1 : 0}
            </button>
          ))}
          <span data-testid="circuit-answer">
            {say('figure.circuit.answer', { answer: answer ? 1 : 0, parity: odd ? 1 : 0 })}
          </span>
        </div>
        <CircuitDrawing
          circuit={circuit}
          signals={signals}
          onRemove={removed === null ? (gate) => setRemoved(gate) : null}
        />
      </>
    );
  }
}

/** In how many rows the circuit's answer is not the parity. */
function rowsWrong(circuit: Circuit): number {
  const [right] = truthTables(parityTree(circuit.inputs));
  const [its] = truthTables(circuit);
  if (right === undefined) return 0;
  return rowsApart(right, its ?? new Uint32Array(right.length));
}
