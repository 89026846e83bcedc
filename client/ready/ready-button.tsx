/** Opens what a host looks at before the class comes. */
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useWords } from '../i18n/words.ts';
import { useMay } from '../room/context.tsx';

const ReadyDialog = lazy(() => import('./ready-dialog.tsx').then(({ ReadyDialog: dialog }) => ({ default: dialog })));

/** Draws the button, for whoever may end the room. */
export function ReadyButton() {
  const { say } = useWords();
  const may = useMay('end');
  const [opened, dialog] = useDisclosure(false);
  if (!may) return null;
  return (
    <>
      <button type="button" className="plain-button" onClick={dialog.open} data-testid="ready-open">
        {say('ready.open')}
      </button>
      {opened && (
        <Suspense fallback={null}>
          <ReadyDialog opened onClose={dialog.close} />
        </Suspense>
      )}
    </>
  );
}
