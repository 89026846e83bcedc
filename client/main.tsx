/** Where the page begins. */
import './shell/no-compiling.ts';
import './shell/trusted-scripts.ts';
import './shell/mantine.ts';
import './shell/shell.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startLanguages } from './i18n/language.ts';
import { App } from './shell/app.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('invariant violation: the page has no #root');
const draw = (): void =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
void startLanguages().then(draw);
