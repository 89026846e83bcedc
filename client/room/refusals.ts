/** Refusals as the page meets them: by code from the server, or as a network that did not answer. */
import { type Refusal, type RefusalCode, refusalCodes } from '../../shared/protocol/refusal.ts';
import type { TextKey } from '../i18n/words.ts';

export type { Refusal } from '../../shared/protocol/refusal.ts';

/** What went wrong with a request: the server's refusal, or no answer at all. */
export type Trouble = Refusal | { readonly code: 'network'; readonly message: string };

const codes: readonly string[] = refusalCodes;

export const isRefusalCode = (value: unknown): value is RefusalCode =>
  typeof value === 'string' && codes.includes(value);

/** The one sentence for a person; the server's own is detail. */
export const sentenceFor = (code: Trouble['code']): TextKey => `error.${code}`;

/** Asks the server for JSON, as the person of a token where one is given; what it refuses comes back as trouble, never as an exception. */
export async function request(
  path: string,
  options: RequestInit = {},
  token?: string,
): Promise<{ readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: Trouble }> {
  try {
    const bearer = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    const response = await fetch(path, { ...options, headers: { 'Content-Type': 'application/json', ...bearer } });
    const body: unknown = await response.json();
    if (response.ok) return { ok: true, value: body };
    const error: unknown = fieldOf(body, 'error');
    const [code, message, field] = [fieldOf(error, 'code'), fieldOf(error, 'message'), fieldOf(error, 'path')];
    const said = typeof message === 'string' ? message : '';
    if (!isRefusalCode(code)) return { ok: false, error: { code: 'unavailable', message: said } };
    return { ok: false, error: { code, message: said, ...(typeof field === 'string' ? { path: field } : {}) } };
  } catch (error) {
    return { ok: false, error: { code: 'network', message: String(error) } };
  }
}

/** Reads a field of something that came from outside; undefined where there is none. */
export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
