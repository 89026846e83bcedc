/** Help: what the lines are, and the keys. */
import { Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useWords } from '../i18n/words.ts';
import { Icon } from '../shell/icons.tsx';
import { useKeys } from './use-keys.ts';

/** Draws the button, listens for its key, and draws the dialog. */
export function HelpButton() {
  const { say } = useWords();
  const [opened, { open, close }] = useDisclosure(false);
  useKeys({ '?': open });
  const keys = [
    [say('help.space'), '␣'],
    [say('help.right'), '→'],
    [say('help.left'), '←'],
    [say('help.reset'), 'R'],
    [say('help.follow'), 'F'],
    [say('help.help'), '?'],
    [say('help.arrows'), '← →'],
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
      <Modal
        opened={opened}
        onClose={close}
        title={say('help.title')}
        centered
        closeButtonProps={{ 'aria-label': say('app.close') }}
      >
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
      </Modal>
    </>
  );
}
