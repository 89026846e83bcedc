/** The chain laboratory with a chain of its own, where there is no class. */
import { useState } from 'react';
import { type Chain, drawnChain } from '../../../shared/core/chain.ts';
import { ChainLab } from './chain-lab.tsx';

const firstSeed = 1;

/** Draws it. */
export function OwnChain() {
  const [chain, setChain] = useState<Chain>(() => drawnChain(firstSeed, 4, 0.5, 'sigmoid'));
  return <ChainLab chain={chain} onChange={setChain} firstSeed={firstSeed} />;
}
