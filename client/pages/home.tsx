/** The start page: one question, one field, one button; and, for those who teach, a way to open a room. */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useCatalogue } from '../home/catalogue.ts';
import { useWords } from '../i18n/words.ts';
import { openRoom } from '../room/open-room.ts';
import type { Refusal, Trouble } from '../room/refusals.ts';
import { PageBar } from '../shell/page-bar.tsx';
import { TroubleNote } from '../shell/trouble-note.tsx';
import { MyRooms } from '../home/my-rooms.tsx';
import type { Fault, LessonFile } from '../home/lesson-file.ts';
import { TwoNetworks } from '../home/two-networks.tsx';

/** What stands for what the server opens a room with. */
const asUsual = '';

/** Draws the start page. */
export function HomePage() {
  const { say } = useWords();
  return (
    <>
      <PageBar />
      <main className="home">
        <div>
          <h1>{say('home.question')}</h1>
          <p className="home-lead">{say('home.lead')}</p>
          <JoinForm />
        </div>
        <TwoNetworks />
        <OpenForm />
        <AlonePanel />
        <MyRooms />
      </main>
    </>
  );
}

/** The way for whoever has no class. */
function AlonePanel() {
  const { say } = useWords();
  return (
    <section className="home-alone" aria-labelledby="home-alone">
      <div>
        <h2 id="home-alone">{say('home.alone.title')}</h2>
        <p>{say('home.alone.lead')}</p>
      </div>
      <Button component={Link} href="/solo" variant="default" size="md" data-testid="home-alone">
        {say('home.alone.go')}
      </Button>
    </section>
  );
}

/** Codes are typed in any case and with the blanks that people put between groups. */
const tidy = (typed: string): string => typed.replace(/[\s-]/gu, '').toUpperCase();

function JoinForm() {
  const { say } = useWords();
  const [, go] = useLocation();
  const [code, setCode] = useState('');
  const [incomplete, setIncomplete] = useState(false);
  const join = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (/^[2-9A-HJ-NP-Z]{6}$/.test(tidy(code))) go(`/r/${tidy(code)}`);
    else setIncomplete(true);
  };
  return (
    <form className="home-join" onSubmit={join} noValidate>
      <h2>{say('home.join.title')}</h2>
      <div className="join-row">
        <TextInput
          className="code-input"
          size="lg"
          aria-label={say('home.join.code')}
          description={say('home.join.hint')}
          inputWrapperOrder={['input', 'description', 'error']}
          error={incomplete ? say('home.join.incomplete') : null}
          value={code}
          onChange={(event) => {
            setCode(event.currentTarget.value);
            setIncomplete(false);
          }}
          placeholder="K7M2QX"
          maxLength={12}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          data-testid="join-code-input"
        />
        <Button type="submit" size="lg" data-testid="home-join">
          {say('home.join.submit')}
        </Button>
      </div>
    </form>
  );
}

function OpenForm() {
  const { say, language } = useWords();
  const [, go] = useLocation();
  const [title, setTitle] = useState('');
  const [beginning, setBeginning] = useState(asUsual);
  const [wanted, setWanted] = useState(false);
  const catalogue = useCatalogue(wanted);
  const [opening, setOpening] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [template, setTemplate] = useState<File | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);

  const open = async (): Promise<void> => {
    setOpening(true);
    setTrouble(null);
    setFault(null);
    const led = beginning === asUsual ? {} : (JSON.parse(beginning) as object);
    const brought = template === null ? null : await readFile(template);
    if (brought?.ok === false) {
      setOpening(false);
      return setFault(brought.fault);
    }
    const wish = {
      language,
      ...(brought === null ? led : { template: brought.file.template }),
      ...(title.trim() === '' ? {} : { title }),
    };
    const opened = await openRoom(wish);
    setOpening(false);
    if (!opened.ok) {
      const at = brought === null || !('path' in opened.error) ? null : await faultIn(brought.file, opened.error);
      return at === null ? setTrouble(opened.error) : setFault(at);
    }
    go(`/r/${opened.code}#host=${opened.hostKey}`);
  };

  return (
    <form
      className="home-open"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <div>
        <h2>{say('home.open.title')}</h2>
        <p>{say('home.open.lead')}</p>
      </div>
      <Button type="submit" variant="default" size="md" loading={opening} data-testid="open-room">
        {say('home.open.submit')}
      </Button>
      <details className="home-other" onToggle={() => setWanted(true)}>
        <summary>{say('home.open.other')}</summary>
        <div className="home-fields">
          <TextInput
            label={say('home.open.name')}
            placeholder={say('home.open.name.example')}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            maxLength={160}
            data-testid="open-title"
          />
          <NativeSelect
            label={say('home.open.experiment')}
            value={beginning}
            onChange={(event) => setBeginning(event.currentTarget.value)}
            data={[
              { value: asUsual, label: say('home.open.usual') },
              ...catalogue.map(({ kind, entries }) => ({
                group: say(`home.open.group.${kind}`),
                items: entries.map(({ wish, title: name }) => ({ value: JSON.stringify(wish), label: name[language] })),
              })),
            ]}
            disabled={template !== null}
            data-testid="open-experiment"
          />
          <label className="home-template">
            {say('home.open.template')}
            <input
              type="file"
              accept="application/json,.json"
              onChange={(event) => setTemplate(event.currentTarget.files?.[0] ?? null)}
              data-testid="open-template"
            />
          </label>
        </div>
      </details>
      {trouble !== null && <TroubleNote trouble={trouble} />}
      {fault !== null && (
        <div className="trouble" role="alert" data-testid="file-fault">
          <p>{say('home.open.fault', { line: fault.line })}</p>
          <p lang="en">{fault.message}</p>
        </div>
      )}
    </form>
  );
}

/** Reads what somebody brought; how to read it is fetched with the first file. */
const readFile = async (file: File) => (await import('../home/lesson-file.ts')).readLessonFile(await file.text());

const faultIn = async (file: LessonFile, refusal: Refusal): Promise<Fault | null> =>
  (await import('../home/lesson-file.ts')).faultOf(file, refusal);
