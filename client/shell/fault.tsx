/** Catches a fault of the page itself, so that people get a sentence and a way on instead of an empty page. */
import { Component, type ReactNode } from 'react';
import { useWords } from '../i18n/words.ts';

type State = { readonly fault: string | null };

// React offers this to classes only.
export class Fault extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { fault: null };

  static getDerivedStateFromError(error: unknown): State {
    return { fault: String(error) };
  }

  override render(): ReactNode {
    return this.state.fault === null ? this.props.children : <FaultPage fault={this.state.fault} />;
  }
}

function FaultPage({ fault }: { readonly fault: string }) {
  const { say } = useWords();
  return (
    <main className="door" role="alert">
      <h1>{say('app.crash')}</h1>
      <p>{fault}</p>
      <button type="button" className="plain-button" onClick={() => location.reload()}>
        {say('app.reload')}
      </button>
    </main>
  );
}
