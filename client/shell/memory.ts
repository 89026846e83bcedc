/** What this device remembers between visits. A browser may refuse storage; then nothing is remembered and nothing breaks. */

/** Reads what was remembered under a key. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** The keys with a beginning under which something is remembered. */
export function recallKeys(beginning: string): string[] {
  try {
    return Array.from({ length: localStorage.length }, (_, n) => localStorage.key(n) ?? '').filter((key) =>
      key.startsWith(beginning),
    );
  } catch {
    return [];
  }
}

/** Remembers a text under a key; null forgets it. */
export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Private windows and full disks: the page works without.
  }
}
