/** Settings of several runs side by side: a column for each run, a row for each field, those alike left out unless wanted. */
import { useMemo, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { saidField, saidValue } from '../../shared/words/difference.ts';
import { RunMark } from '../panels/run-mark.tsx';
import { configurationLeaves } from '../../shared/protocol/configuration.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import type { RunRow } from './rows.ts';

/** More columns than this are no comparison any more. */
const mostColumns = 24;

type Field = { readonly path: string; readonly values: readonly unknown[]; readonly differs: boolean };

/** Lists the fields of several configurations in the order of the contract; a field that one of them lacks is undefined there. */
export function fieldsOf(configurations: readonly RunConfiguration[]): Field[] {
  const leaves = configurations.map(configurationLeaves);
  const paths = new Set(leaves.flatMap((its) => [...its.keys()]));
  return Array.from(paths, (path) => {
    const values = leaves.map((its) => its.get(path));
    return { path, values, differs: new Set(values.map((value) => JSON.stringify(value))).size > 1 };
  });
}

/** Draws the table of these runs; `base` is the one with which the others are compared. */
export function SettingsTable({ rows }: { readonly rows: readonly RunRow[] }) {
  const { say, language } = useWords();
  const [onlyDifferent, setOnlyDifferent] = useState(true);
  const shown = rows.slice(0, mostColumns);
  const ids = shown.map(({ run }) => run.id).join();
  // Settings never change, so the list of runs says it all.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const fields = useMemo(() => fieldsOf(shown.map(({ run }) => run.configuration)), [ids]);
  const base = Math.max(
    0,
    shown.findIndex(({ isBase }) => isBase),
  );
  const wanted = onlyDifferent ? fields.filter(({ differs }) => differs) : fields;
  return (
    <div className="settings">
      <label className="settings-switch">
        <input
          type="checkbox"
          checked={onlyDifferent}
          onChange={(event) => setOnlyDifferent(event.currentTarget.checked)}
          data-testid="settings-different"
        />
        {say('runs.settings.different')}
      </label>
      {rows.length > shown.length && (
        <p className="soft">{say('runs.settings.many', { shown: shown.length, count: rows.length })}</p>
      )}
      {wanted.length === 0 ? (
        <p className="soft">{say('runs.settings.same')}</p>
      ) : (
        <div className="settings-scroll">
          <table className="settings-table" data-testid="settings-table">
            <thead>
              <tr>
                <th scope="col">{say('runs.settings.field')}</th>
                {shown.map(({ run }) => (
                  <th key={run.id} scope="col">
                    <RunMark label={run.label} /> {run.label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {wanted.map(({ path, values }) => (
                <tr key={path}>
                  <th scope="row">{saidField(say, path)}</th>
                  {values.map((value, index) => {
                    const isOther = JSON.stringify(value) !== JSON.stringify(values[base]);
                    return (
                      <td key={shown[index]?.run.id} className={isOther ? 'strong' : 'soft'}>
                        {saidValue(say, language, path, value)}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
