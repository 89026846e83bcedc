/** A process of a bench, with the messages that it sends. */
import { fork, type ChildProcess } from 'node:child_process';

export class Child<In extends object, Out extends { readonly type: string }> {
  readonly #process: ChildProcess;
  readonly #heard: Out[] = [];
  #wake: () => void = () => undefined;

  constructor(file: URL, ...given: readonly string[]) {
    this.#process = fork(file, given, { execArgv: ['--expose-gc'] });
    this.#process.on('message', (message) => {
      this.#heard.push(message as Out);
      this.#wake();
    });
  }

  say(message: In): void {
    this.#process.send(message);
  }

  async hear<Type extends Out['type']>(type: Type): Promise<Extract<Out, { type: Type }>> {
    for (;;) {
      const message = this.#heard.shift();
      if (message?.type === type) return message as Extract<Out, { type: Type }>;
      if (message === undefined) await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  ended(): Promise<void> {
    return new Promise((resolve) => this.#process.once('exit', () => resolve()));
  }

  kill(): void {
    this.#process.kill();
  }
}
