/** The files of a session: report, export, and for who leads the table of answers, and what others may have. */
import { useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { download, type Session } from './session.ts';

/** Draws the buttons. */
export function Downloads({ session, leading }: { readonly session: Session; readonly leading: boolean }) {
  const { say, language } = useWords();
  const [names, setNames] = useState(false);
  const [tallies, setTallies] = useState(false);
  const [failed, setFailed] = useState(false);
  const { code } = session.state;
  const wanted = leading ? `&names=${names}` : '';
  const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const files = [
    ['report', `report?language=${language}&timezone=${zone}${wanted}`, `deltaroom-${code}.html`],
    ['export', 'export', `deltaroom-${code}.jsonl`],
    ...(leading
      ? ([
          ['answers', `answers?format=csv${wanted}`, `deltaroom-${code}-answers.csv`],
          ['template', `template?tallies=${tallies}`, `deltaroom-${code}-template.json`],
        ] as const)
      : []),
  ] as const;
  return (
    <section>
      <h2>{say('files.title')}</h2>
      {leading && (
        <label className="after-check">
          <input
            type="checkbox"
            checked={names}
            onChange={(event) => setNames(event.currentTarget.checked)}
            data-testid="files-names"
          />{' '}
          {say('files.names')}
        </label>
      )}
      {leading && (
        <label className="after-check">
          <input
            type="checkbox"
            checked={tallies}
            onChange={(event) => setTallies(event.currentTarget.checked)}
            data-testid="files-tallies"
          />{' '}
          {say('files.tallies')}
        </label>
      )}
      <p className="after-links">
        {files.map(([file, path, name]) => (
          <button
            key={file}
            type="button"
            className="plain-button outlined"
            onClick={() => void download(session, path, name).then((done) => setFailed(!done))}
            data-testid={`files-${file}`}
          >
            {say(`files.${file}`)}
          </button>
        ))}
      </p>
      <p role="status">{failed ? say('files.failed') : ''}</p>
    </section>
  );
}
