/** The chains on the projector: a dot for everybody, and beside them the chain of the student under the spotlight. */
import { useRoomView } from '../../room/context.tsx';
import { ChainDots } from './chain-dots.tsx';
import { ShownChain } from './shown-chain.tsx';
import '../figures.css';

/** Draws them. */
export function ScreenChains() {
  const told = useRoomView(({ chains }) => chains);
  return (
    <div className="screen-chains" data-testid="screen-chains">
      <ChainDots told={told} projected heading="h2" />
      {told.shown !== null && <ShownChain shown={told.shown} projected heading="h2" />}
    </div>
  );
}
