/** The line between a page and the lab, which a test can cut, or at whose end a test can say that the room has ended. */
import type { Page, WebSocketRoute } from 'playwright-core';

export type Line = {
  /** Cuts the line, and every attempt to mend it. */
  cut(): Promise<void>;
  /** Cuts it, and answers who comes back that the room has ended. */
  end(): Promise<void>;
};

/** Puts itself between; before the page is opened. */
export async function lineOf(page: Page): Promise<Line> {
  let state: 'whole' | 'cut' | 'ended' = 'whole';
  const open = new Set<WebSocketRoute>();
  await page.routeWebSocket(/\/socket\.io\//, (line) => {
    if (state === 'cut') return void line.close();
    if (state === 'ended') return answerEnded(line);
    open.add(line);
    line.connectToServer();
  });
  const become = async (next: typeof state): Promise<void> => {
    state = next;
    await Promise.all(Array.from(open, (line) => line.close()));
    open.clear();
  };
  return { cut: () => become('cut'), end: () => become('ended') };
}

/** The handshake of engine.io, and then socket.io's error at connecting, with the refusal in its data. */
function answerEnded(line: WebSocketRoute): void {
  line.send('0{"sid":"none","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}');
  line.onMessage((message) => {
    const refusal = { code: 'room-ended', message: 'this room has ended' };
    if (String(message).startsWith('40')) line.send(`44${JSON.stringify({ message: refusal.message, data: refusal })}`);
  });
}
