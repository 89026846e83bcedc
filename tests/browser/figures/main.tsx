/** The figures of the lessons on an otherwise empty page: `?figure=chain` shows one of them. For tests only. */
import '../../../client/shell/mantine.ts';
import '../../../client/shell/shell.css';
import { MantineProvider, VisuallyHidden } from '@mantine/core';
import { Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { figures } from '../../../client/figures/figures.tsx';
import type { FigureName } from '../../../shared/protocol/lessons.ts';
import { startLanguages } from '../../../client/i18n/language.ts';
import { theme, themeVariables } from '../../../client/theme.ts';

const isFigure = (name: string | null): name is FigureName => name !== null && name in figures;

await startLanguages();
const root = document.getElementById('root');
if (root === null) throw new Error('invariant violation: the page has no #root');
const asked = new URLSearchParams(location.search).get('figure');
if (!isFigure(asked)) throw new Error(`there is no figure ${asked}`);
const Figure = figures[asked];
createRoot(root).render(
  <MantineProvider theme={theme} cssVariablesResolver={themeVariables} defaultColorScheme="auto">
    <main style={{ maxWidth: 960, margin: '0 auto' }}>
      <VisuallyHidden component="h1">Figures</VisuallyHidden>
      <VisuallyHidden component="h2">{asked}</VisuallyHidden>
      <Suspense fallback={null}>
        <Figure />
      </Suspense>
    </main>
  </MantineProvider>,
);
