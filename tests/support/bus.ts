/** A link between servers of one process: what one tells, the others hear at once, as long as it is not cut. */
import type { Channel, Hear, Link } from '../../server/link/link.ts';
import { readLetter, type Said, writeLetter } from '../../server/link/messages.ts';

export class Bus {
  readonly #channels = new Set<{ readonly server: string; readonly room: string; readonly hear: Hear }>();
  /** What has been said, in the order in which it was. */
  readonly said: { readonly from: string; readonly room: string; readonly said: Said }[] = [];
  isCut = false;

  /** The link of a server. */
  of(server: string): Link {
    const tell = (room: string, said: Said): void => {
      if (this.isCut) return;
      this.said.push({ from: server, room, said });
      const letter = readLetter(writeLetter(server, said));
      for (const other of this.#channels)
        if (letter !== null && other.room === room && other.server !== server) other.hear(letter.from, letter.said);
    };
    const open = (room: string, hear: Hear): Channel => {
      const channel = { server, room, hear };
      this.#channels.add(channel);
      return { tell: (said) => tell(room, said), close: () => void this.#channels.delete(channel) };
    };
    return {
      open,
      tell,
      isUp: () => !this.isCut,
      whenBack: () => undefined,
      check: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
  }
}
