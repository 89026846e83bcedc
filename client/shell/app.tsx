/** The page as a whole: theme, language, and which page belongs to which address. The room comes in a piece of its own. */
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { lazy, Suspense, useEffect } from 'react';
import { Link, Route, Switch } from 'wouter';
import { useWords } from '../i18n/words.ts';
import { HomePage } from '../pages/home.tsx';
import { DoorPage } from '../pages/door.tsx';
import { firstCodeOf } from '../room/keys.ts';
import { theme, themeVariables } from '../theme.ts';
import { guardComposing } from './composing.ts';
import { Fault } from './fault.tsx';
import { PageBar } from './page-bar.tsx';

const colours = localStorageColorSchemeManager({ key: 'deltaroom:colours' });
const MyPage = lazy(() => import('../after/my-page.tsx').then(({ MyPage: page }) => ({ default: page })));
const RunPage = lazy(() => import('../after/run-page.tsx').then(({ RunPage: page }) => ({ default: page })));
const SoloList = lazy(() => import('../solo/solo-list.tsx').then(({ SoloList: page }) => ({ default: page })));
const SoloPage = lazy(() => import('../solo/solo-page.tsx').then(({ SoloPage: page }) => ({ default: page })));
const ScreenPage = lazy(() => import('../pages/screen.tsx').then(({ ScreenPage: page }) => ({ default: page })));

/** Draws the page of the address. */
export function App() {
  useEffect(() => guardComposing(), []);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={themeVariables}
      colorSchemeManager={colours}
      defaultColorScheme="auto"
    >
      <Fault>
        <Switch>
          <Route path="/">
            <HomePage />
          </Route>
          <Route path="/run">
            <Suspense fallback={null}>
              <RunPage />
            </Suspense>
          </Route>
          <Route path="/solo">
            <Suspense fallback={null}>
              <SoloList />
            </Suspense>
          </Route>
          <Route path="/solo/:id">
            {({ id }) => (
              <Suspense fallback={null}>
                <SoloPage key={id} id={id} />
              </Suspense>
            )}
          </Route>
          <Route path="/r/:code/me">
            {({ code }) => (
              <Suspense fallback={null}>
                <MyPage code={code.toUpperCase()} />
              </Suspense>
            )}
          </Route>
          <Route path="/r/:code/screen">
            {({ code }) => (
              <Suspense fallback={null}>
                <ScreenPage code={code.toUpperCase()} />
              </Suspense>
            )}
          </Route>
          <Route path="/r/:code">
            {({ code }) => <DoorPage key={firstCodeOf(code.toUpperCase())} code={code.toUpperCase()} />}
          </Route>
          <Route>
            <NothingHere />
          </Route>
        </Switch>
      </Fault>
    </MantineProvider>
  );
}

function NothingHere() {
  const { say } = useWords();
  return (
    <>
      <PageBar />
      <main className="door">
        <h1>{say('app.not-found')}</h1>
        <Link href="/">{say('app.home')}</Link>
      </main>
    </>
  );
}
