/** Whether a change makes a controlled experiment, and what its run shares with its base: said on cards and in the form alike. */
import { useWords, type Words } from '../i18n/words.ts';
import { saidField } from '../../shared/words/difference.ts';
import type { Base } from '../panels/lineage.ts';
import { type Change, confoundingChanges, sharedDraws } from '../../shared/protocol/changes.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';

/** Names the things that change: hidden layers and learning rate. */
export function saidChanges({ say, language }: Words, changes: readonly Change[]): string {
  const names = changes.map(({ setting }) => saidField(say, setting));
  // Old phones have no Intl.ListFormat.
  if (typeof Intl.ListFormat !== 'function') return names.join(language === 'zh-CN' ? '、' : ', ');
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}

type Props = { readonly base: Base; readonly configuration: RunConfiguration; readonly fork: number | null };

/** Draws the mark of a change of several things, and which draws are the same; nothing where there is nothing to say. */
export function ControlNote({ base, configuration, fork }: Props) {
  const words = useWords();
  const { say } = words;
  const confounding = confoundingChanges(base.configuration, configuration);
  const shared = fork === null && base.run !== null ? sharedDraws(base.configuration, configuration) : null;
  return (
    <>
      {confounding.length > 1 && (
        <p className="several" data-testid="several">
          {say('control.several', { count: confounding.length, things: saidChanges(words, confounding) })}
        </p>
      )}
      {shared?.weights === true && (
        <p className="soft" data-testid="same-draws">
          {say(shared.batches ? 'control.same' : 'control.same.weights', { label: base.run?.label ?? '' })}
        </p>
      )}
    </>
  );
}
