/** A button that asks once more before it does what cannot be undone. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../i18n/words.ts';

type AskedProps = {
  readonly hook: string;
  readonly text: string;
  readonly question: string;
  /** How the button looks until it is pressed. */
  readonly className?: string;
  readonly onYes: () => Promise<void>;
};

/** Draws the button, or the question that it asks. */
export function Asked({ hook, text, question, className = 'plain-button outlined', onYes }: AskedProps) {
  const { say } = useWords();
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <button type="button" className={className} onClick={() => setAsking(true)} data-testid={hook}>
        {text}
      </button>
    );
  }
  return (
    <div className="deeds" role="group" aria-label={text}>
      <p>{question}</p>
      <Button
        size="compact-md"
        autoFocus
        onClick={() => {
          setAsking(false);
          void onYes();
        }}
        data-testid={`${hook}-confirm`}
      >
        {text}
      </Button>
      <button type="button" className="plain-button outlined" onClick={() => setAsking(false)}>
        {say('app.cancel')}
      </button>
    </div>
  );
}
