/** Going back to where the run begins; the host takes everyone along and is therefore asked when somebody is there. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { Dialog } from '../shell/dialog.tsx';
import { useRoom } from '../room/context.tsx';
import { usePlayhead } from './playhead-actions.ts';
import { useTransport } from './use-transport.ts';

export type Reset = {
  readonly asking: boolean;
  readonly ask: () => void;
  readonly confirm: () => void;
  readonly cancel: () => void;
};

/** Keeps whether the question is open. */
export function useReset(): Reset {
  const { stage } = useRoom();
  const { withOthers } = usePlayhead();
  const { leads, seek } = useTransport();
  const [asking, setAsking] = useState(false);
  const goBack = (): void => seek(stage.current()?.run.origin?.step ?? 0);
  return {
    asking,
    ask: () => (leads && withOthers ? setAsking(true) : goBack()),
    confirm: () => {
      setAsking(false);
      goBack();
    },
    cancel: () => setAsking(false),
  };
}

/** Draws the question. */
export function ResetDialog({ reset }: { readonly reset: Reset }) {
  const { say } = useWords();
  return (
    <Dialog opened={reset.asking} onClose={reset.cancel} title={say('controls.reset.ask')}>
      <p>{say('controls.reset.detail')}</p>
      <div className="dialog-buttons">
        <Button variant="default" onClick={reset.cancel}>
          {say('app.cancel')}
        </Button>
        <Button onClick={reset.confirm} data-autofocus data-testid="reset-confirm">
          {say('controls.reset.confirm')}
        </Button>
      </div>
    </Dialog>
  );
}
