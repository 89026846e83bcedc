/** Pages of the lab in a real browser, and what the host of a room may ask the server for beside them. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { MeasurementRecord } from '../../shared/protocol/measurements.ts';
import type { RoomState } from '../../shared/protocol/state.ts';

/** Opens an address as somebody new, until the test has ended; what goes wrong in the page fails the test. */
export async function pageAt(browser: Browser, options: BrowserContextOptions, url: string): Promise<Page> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  page.on('console', (message) => {
    const said = message.text();
    if (/content security policy|requires 'Trusted/i.test(said)) throw new Error(said);
  });
  await page.goto(url);
  return page;
}

/** The key that a page keeps for the room that it has opened. */
export async function hostKeyOf(page: Page): Promise<string> {
  const kept = await page.evaluate(() => JSON.stringify(Object.values(globalThis.localStorage)));
  const key = /hostKey\\*":\\*"(?<key>[\w-]+)/.exec(kept)?.groups?.['key'];
  if (key === undefined) throw new Error('the page has not kept a host key');
  return key;
}

export type RoomApi = ReturnType<typeof roomApi>;

/** Asks a server about a room over HTTP, with the host's key. */
export function roomApi(url: string, code: string, hostKey: string) {
  const ask = async (path: string): Promise<{ readonly status: number; readonly text: string }> => {
    const response = await fetch(`${url}/api/rooms/${code}${path}`, {
      headers: { authorization: `Bearer ${hostKey}` },
    });
    return { status: response.status, text: await response.text() };
  };
  const text = async (path: string): Promise<string> => {
    const { status, text: body } = await ask(path);
    if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${body}`);
    return body;
  };
  /** The last measurement of a run, of all or of the one at a step. */
  const measured = async (run: string, step?: number): Promise<MeasurementRecord> => {
    const lines = await text(`/runs/${run}/measurements${step === undefined ? '' : `?from=${step}&to=${step}`}`);
    const line = lines.trim().split('\n').at(-1);
    if (line === undefined || line === '') throw new Error('nothing was measured');
    return JSON.parse(line) as MeasurementRecord;
  };
  const state = async (): Promise<RoomState> => (JSON.parse(await text('/state')) as { state: RoomState }).state;
  return { ask, state, measured };
}
