/** Help: what the lines are, and the keys. */
import { useDisclosure } from '@mantine/hooks';
import { useWords } from '../i18n/words.ts';
import { useMay } from '../room/context.tsx';
import { Toggle } from '../plots/card/toggle.tsx';
import { Dialog } from '../shell/dialog.tsx';
import { Icon } from '../shell/icons.tsx';
import { useSilence } from '../shell/live-region.tsx';
import { useKeys } from './use-keys.ts';

/** Draws the button, listens for its key, and draws the dialog. */
export function HelpButton() {
  const { say } = useWords();
  const [opened, { open, close }] = useDisclosure(false);
  const [silent, setSilent] = useSilence();
  const leading = useMay('next');
  useKeys({ '?': open });
  const keys = [
    [say('help.space'), '␣'],
    [say('help.right'), '→'],
    [say('help.left'), '←'],
    [say('help.reset'), 'R'],
    [say('help.follow'), 'F'],
    ...(leading ? ([[say('help.next'), 'N']] as const) : []),
    [say('help.help'), '?'],
    [say('help.arrows'), '← →'],
    [say('help.zoom'), '+ − 0'],
    [say('help.ping'), 'P'],
  ] as const;
  return (
    <>
      <button
        type="button"
        className="plain-button"
        onClick={open}
        title={say('bar.help')}
        aria-label={say('bar.help')}
        data-testid="help-open"
      >
        <Icon name="help" />
      </button>
      <Dialog opened={opened} onClose={close} title={say('help.title')}>
        <p>{say('help.lead')}</p>
        <dl className="keys">
          {keys.map(([what, key]) => (
            <div key={what}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <p className="soft">{say('help.host')}</p>
        <Toggle text={say('help.spoken')} pressed={!silent} hook="help-spoken" onPress={() => setSilent(!silent)} />
        <p className="soft">{say('help.spoken.detail')}</p>
      </Dialog>
    </>
  );
}
