/** Who may look at which step, and what they are sent, without a server. */
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { lookAnswers } from '../../server/http/look.ts';
import type { Asked } from '../../shared/serving/reading.ts';
import type { OpenRoom } from '../../server/rooms/registry.ts';
import type { KeptLook, Looks } from '../../shared/training/looks.ts';
import { accepted, type Refusal, type Result } from '../../shared/protocol/refusal.ts';
import { TestRoom } from '../protocol/room.ts';

const room = new TestRoom();
const host = room.join('host');
room.start(host);
room.do(host, 'fork', { run: 'run-1', step: 6, change: { epochs: 9 } });
const { state } = room;

const kept = (step: number): KeptLook => ({
  engine: 'float64-2',
  step,
  digest: 'd',
  images: 20,
  look: { layers: '[1]', sees: 'null', says: '{"of":"probe"}' },
  saved: Uint8Array.of(1),
});

/** Answers to what is asked of a run whose measurements reach to `front`. */
function answering(at: Looks['at'] = (_state, _run, step) => Promise.resolve(accepted(kept(step)))) {
  const answers = lookAnswers({ at } as Looks);
  return (query: object, { readable = Infinity, fronts = { 'run-1': 7 }, run = 'run-1', who = 'p1' } = {}) => {
    const front = (id: string) => new Map(Object.entries(fronts)).get(id) ?? -1;
    const open = { room: { state }, measured: { front } } as unknown as OpenRoom;
    const asked = state.runs[run];
    if (asked === undefined) throw new Error(`no ${run}`);
    return answers({ open, run: asked, who, readable } satisfies Asked, query);
  };
}

const refusalOf = (result: Result<unknown>): Refusal => {
  if (result.ok) throw new Error('not refused');
  return result.error;
};
const textOf = (result: Awaited<ReturnType<ReturnType<typeof lookAnswers>>>): Record<string, unknown> => {
  if (!result.ok) throw new Error(result.error.message);
  return JSON.parse(result.value.text()) as Record<string, unknown>;
};

describe('Who asks for a look', () => {
  test.each([
    [{ step: '11' }, 'step is "11": must be a whole number from 0 to 10', 'step'],
    [{ step: '-1' }, 'step is "-1": must be a whole number from 0 to 10', 'step'],
    [{ step: '1.5' }, 'step is "1.5": must be a whole number from 0 to 10', 'step'],
    [{ step: '1e1' }, 'step is "1e1": must be a whole number from 0 to 10', 'step'],
    [{ step: '' }, 'step is "": must be a whole number from 0 to 10', 'step'],
    [{ step: '9'.repeat(400) }, `step is "${'9'.repeat(76)}...: must be a whole number from 0 to 10`, 'step'],
    [{ step: ['1', '2'] }, 'step is ["1","2"]: must be a whole number from 0 to 10', 'step'],
    [
      { step: '1', parts: 'layers,eyes' },
      'parts is "layers,eyes": must be one or several of layers, sees, says',
      'parts',
    ],
    [{ step: '1', part: 'layers' }, '"part" is not a known field here', 'part'],
  ])('[L2] by %j is told what is wrong with it', async (query, message, path) => {
    expect(refusalOf(await answering()(query))).toEqual({ code: 'invalid', message, path });
  });

  test('[L2] [S6] sees what the room has been shown, and is told how far that is; a host sees all there is', async () => {
    const ask = answering();
    const student = { readable: 4.7 };
    expect(textOf(await ask({ step: '4' }, student))).toMatchObject({ step: 4 });
    expect(refusalOf(await ask({ step: '5' }, student))).toEqual({
      code: 'forbidden',
      message: 'step is 5; of run-1 the room has been shown steps 0 to 4',
      path: 'step',
    });
    expect(refusalOf(await ask({ step: '0' }, { readable: -1 })).message).toContain('no step of it yet');
    // Nobody learns from a refusal how far a run has been trained that the room has not been shown.
    expect(refusalOf(await ask({ step: '9' }, student)).code).toBe('forbidden');
    expect(textOf(await ask({ step: '7' }))).toMatchObject({ step: 7 });
    expect(refusalOf(await ask({ step: '8' }))).toEqual({
      code: 'conflict',
      message: 'step is 8; run-1 has been trained to step 7',
      path: 'step',
    });
    expect(refusalOf(await ask({}, { fronts: { 'run-1': -1 } })).message).toBe(
      'step is 0; run-1 has not been trained yet',
    );
  });

  test('[L1] without a step has the newest that they may see, and of a fork its parent’s steps too', async () => {
    const ask = answering();
    expect(textOf(await ask({}))).toMatchObject({ step: 7 });
    expect(textOf(await ask({}, { readable: 4.7 }))).toMatchObject({ step: 4 });
    // The fork itself has not been trained: it begins at step 6.
    expect(textOf(await ask({ step: '5' }, { run: 'run-2' }))).toMatchObject({ run: 'run-2', step: 5 });
    expect(refusalOf(await ask({ step: '6' }, { run: 'run-2' })).code).toBe('conflict');
  });

  test('[L1] has the parts that were asked for, in whatever order', async () => {
    const ask = answering();
    const head = { run: 'run-1', engine: 'float64-2', step: 3, images: 20, digest: 'd' };
    expect(textOf(await ask({ step: '3', parts: 'says' }))).toEqual({ ...head, says: { of: 'probe' } });
    expect(textOf(await ask({ step: '3', parts: 'sees,layers' }))).toEqual({ ...head, layers: [1], sees: null });
    expect(Object.keys(textOf(await ask({ step: '3' })))).toEqual([...Object.keys(head), 'layers', 'sees', 'says']);
  });

  test('has it compressed, once for everybody', async () => {
    const look = kept(3);
    const ask = answering(() => Promise.resolve(accepted(look)));
    const bodyOf = async (parts: string) => {
      const answer = await ask({ step: '3', parts });
      if (!answer.ok) throw new Error(answer.error.message);
      const bytes = await answer.value.compressed();
      expect(gunzipSync(bytes).toString()).toBe(answer.value.text());
      return bytes;
    };
    const both = await bodyOf('layers,says');
    expect(await bodyOf('says,layers')).toBe(both);
    expect(await bodyOf('says')).not.toBe(both);
  });
});
