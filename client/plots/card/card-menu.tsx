/** What else can be done with a plot: look closer without a drag, take it along as picture or numbers, copy a link to it. */
import { Menu, useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useWords } from '../../i18n/words.ts';
import { useRoom, useRoomView } from '../../room/context.tsx';
import { keysOf } from '../../room/keys.ts';
import { mayShow } from '../../../shared/protocol/decide-lead.ts';
import { copyText } from '../../shell/clipboard.ts';
import { Icon, type IconName } from '../../shell/icons.tsx';
import { paletteOf } from '../../theme.ts';
import { useChangeView, usePlotLink, useViewNow } from '../../view/context.tsx';
import { writeView } from '../../view/view.ts';
import { middle } from '../hands.ts';
import { zoomedAbout } from '../x-axis.ts';
import { csvOf } from './csv.ts';
import { download, pngOf, svgOf } from './export.ts';
import type { PlotCardProps } from './plot-card.tsx';

type Props = Pick<PlotCardProps, 'id' | 'title' | 'subtitle' | 'sentence' | 'figure' | 'axis'> & {
  readonly onPin: () => void;
  readonly onTable: () => void;
  readonly onFull: () => void;
};

const closer = 2;

/** Draws the button and its menu, and says what has come of it. */
export function CardMenu({ id, title, subtitle, sentence, figure, axis, onPin, onTable, onFull }: Props) {
  const { say } = useWords();
  const scheme = useComputedColorScheme('light');
  const phone = useMediaQuery('(max-width: 839px)', window.innerWidth < 840, { getInitialValueInEffect: false });
  const room = useRoom();
  const change = useChangeView();
  const link = usePlotLink();
  const viewNow = useViewNow();
  const [said, setSaid] = useState('');
  const leads = useRoomView(({ state, you }) => state !== null && you !== null && mayShow(state, you.id));

  const zoom = (factor: number): void => {
    if (axis === null) return;
    const cursor = link.cursor();
    change({ zoom: zoomedAbout(axis, cursor?.value ?? middle(axis), factor) });
  };
  const name = (ending: string): string =>
    ['deltaroom', room.code(), subtitle.replaceAll(/[^\p{L}\p{N}]+/gu, '-'), id].join('-') + ending;
  const save = async (kind: 'png' | 'svg' | 'csv'): Promise<void> => {
    const shown = figure.take();
    if (shown === null) return setSaid(say('card.save.nothing'));
    const picture = { figure: shown, title, subtitle, sentence: sentence(), palette: paletteOf(scheme) };
    if (kind === 'csv') download(name('.csv'), new Blob([csvOf(shown.rows())], { type: 'text/csv' }));
    else if (kind === 'svg') download(name('.svg'), new Blob([svgOf(picture)], { type: 'image/svg+xml' }));
    else download(name('.png'), await pngOf(picture));
    setSaid(say('card.saved', { name: name(`.${kind}`) }));
  };
  const call = (): void => setSaid(say(room.pointers.call() === null ? 'lead.ping.none' : 'lead.ping.done'));
  const copyLink = async (): Promise<void> => {
    const shown = room.stage.current();
    // Whoever opens the link sees this moment, wherever the class has gone meanwhile.
    const at = shown === null ? null : { run: shown.run.id, step: shown.step };
    const base = room.alone ? location.origin : (keysOf(room.code()).url ?? location.origin);
    const address = new URL(base).origin + location.pathname + writeView({ ...viewNow(), at });
    setSaid((await copyText(address)) ? say('share.copied') : address);
  };
  const item = (icon: IconName, key: Parameters<typeof say>[0], act: () => void, hook: string) => (
    <Menu.Item leftSection={<Icon name={icon} size={18} />} onClick={act} data-testid={`${id}-${hook}`}>
      {say(key)}
    </Menu.Item>
  );
  return (
    <>
      <Menu position="bottom-end" shadow="md" onOpen={() => setSaid('')}>
        <Menu.Target>
          <button
            type="button"
            className="plain-button card-button"
            title={say('card.more')}
            aria-label={say('card.more')}
            data-testid={`${id}-menu`}
          >
            <Icon name="more" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {/* On a phone these have no room in the corner. */}
          {phone && (
            <>
              {item('pin', 'card.pin', onPin, 'menu-pin')}
              {item('table', 'card.table', onTable, 'menu-table')}
              {item('full', 'card.full', onFull, 'menu-full')}
              <Menu.Divider />
            </>
          )}
          {axis !== null && (
            <>
              {item('plus', 'zoom.closer', () => zoom(closer), 'closer')}
              {item('minus', 'zoom.wider', () => zoom(1 / closer), 'wider')}
              {item('undo', 'zoom.all', () => change({ zoom: null }), 'all')}
              <Menu.Divider />
            </>
          )}
          {leads && axis !== null && (
            <>
              {item('lead', 'lead.ping', call, 'ping')}
              <Menu.Divider />
            </>
          )}
          {item('save', 'card.png', () => void save('png'), 'png')}
          {item('save', 'card.svg', () => void save('svg'), 'svg')}
          {item('save', 'card.csv', () => void save('csv'), 'csv')}
          <Menu.Divider />
          {item('copy', 'card.link', () => void copyLink(), 'link')}
        </Menu.Dropdown>
      </Menu>
      <span className="card-said" role="status" data-testid={`${id}-said`}>
        {said}
      </span>
    </>
  );
}
