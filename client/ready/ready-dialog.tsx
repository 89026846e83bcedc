/** Ready for class? Whether phones reach this server, how much it computes, how long the lesson's runs take, and a rehearsal. */
import { Button, Modal, NumberInput } from '@mantine/core';
import { QRCodeSVG } from 'qrcode.react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { secondsBy } from '../../shared/core/kernels/choice.ts';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { trainedBy } from '../../shared/protocol/lessons.ts';
import { useWords } from '../i18n/words.ts';
import { saidTime } from '../panels/said-time.ts';
import { useJoinLink } from '../panels/join-link.ts';
import { useFacts } from '../room/context.tsx';
import type { Trouble } from '../room/refusals.ts';
import { useSpeed } from '../room/speed.ts';
import { TroubleNote } from '../shell/trouble-note.tsx';
import { openRehearsal } from './open-rehearsal.ts';
import { useReach } from './use-reach.ts';
import './ready.css';

/** Draws the dialog. */
export function ReadyDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { say } = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={say('ready.title')}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': say('app.close') }}
    >
      {opened && (
        <div className="ready" data-testid="ready">
          <Reach />
          <Computing />
          <Rehearse />
        </div>
      )}
    </Modal>
  );
}

function Reach() {
  const { say } = useWords();
  const { code } = useFacts();
  const { origin, hostname } = new URL(useJoinLink(code));
  const { path, reached } = useReach();
  const own = hostname === 'localhost' || hostname.startsWith('127.');
  return (
    <section>
      <h3>{say('ready.reach')}</h3>
      <p>
        {say('ready.address')} <strong data-testid="ready-address">{origin}</strong>
      </p>
      {own && <p className="ready-warning">{say('ready.local')}</p>}
      {path !== null && (
        <div className="ready-reach">
          <div className="qr">
            <QRCodeSVG
              value={origin + path}
              size={132}
              marginSize={2}
              title={say('share.qr', { link: origin + path })}
            />
          </div>
          <p role="status" data-testid="ready-reached" data-reached={reached}>
            {reached === 0 ? say('ready.scan') : say('ready.reached')}
          </p>
        </div>
      )}
    </section>
  );
}

function Computing() {
  const words = useWords();
  const { say, language } = words;
  const { lesson, base } = useFacts();
  const { rates, threads } = useSpeed();
  const [students, setStudents] = useState(60);
  const steps = lesson?.plan.steps.flatMap((step) => (step.kind === 'sweep' ? [] : trainedBy(step))) ?? [];
  const seconds = (steps.length > 0 ? steps : [base]).map((one) => secondsBy(rates, one));
  const known = seconds.flatMap((one) => (one === null ? [] : [one]));
  const all = known.reduce((sum, one) => sum + one, 0);
  const each = all / Math.max(1, known.length);
  return (
    <section>
      <h3>{say('ready.computing')}</h3>
      {known.length < seconds.length ? (
        <p>{say('ready.measuring')}</p>
      ) : (
        <>
          <p>{say('ready.rate', { count: threads, runs: wholeNumber((60 * threads) / each, language) })}</p>
          <p>{say('ready.lesson', { time: saidTime(words, all / threads) })}</p>
          <div className="ready-students">
            <NumberInput
              label={say('ready.students')}
              value={students}
              onChange={(value) => setStudents(typeof value === 'number' ? value : 0)}
              min={1}
              max={1000}
              clampBehavior="strict"
              allowDecimal={false}
              data-testid="ready-students"
            />
            <p data-testid="ready-time">
              {say('ready.each', { time: saidTime(words, (each * Math.max(1, students)) / threads) })}
            </p>
          </div>
        </>
      )}
    </section>
  );
}

function Rehearse() {
  const { say } = useWords();
  const state = useFacts();
  const [, go] = useLocation();
  const [opening, setOpening] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  if (state.rehearsal) return null;
  const open = async (): Promise<void> => {
    setOpening(true);
    const opened = await openRehearsal(state);
    setOpening(false);
    if (opened.ok) go(`/r/${opened.code}`);
    else setTrouble(opened.error);
  };
  return (
    <section>
      <h3>{say('rehearsal.title')}</h3>
      <p>{say('rehearsal.lead')}</p>
      <Button loading={opening} onClick={() => void open()} data-testid="rehearse">
        {say('rehearsal.open')}
      </Button>
      {trouble !== null && <TroubleNote trouble={trouble} />}
    </section>
  );
}
