/** A page that stands before a room in this page: something to know, and the way to all experiments. */
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useWords } from '../i18n/words.ts';
import { PageBar } from '../shell/page-bar.tsx';
import './solo.css';

type DoorProps = { readonly title: string; readonly text?: string; readonly children?: ReactNode };

/** Draws it. */
export function Door({ title, text, children }: DoorProps) {
  const { say } = useWords();
  return (
    <>
      <PageBar />
      <main className="door solo-door">
        <h1>{title}</h1>
        {text !== undefined && <p>{text}</p>}
        {children}
        <p>
          <Link href="/solo">{say('solo.list')}</Link>
        </p>
      </main>
    </>
  );
}
