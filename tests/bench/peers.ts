/** What a user would pick instead, timed by a script: `<script> <peer> <workload> <seconds>` prints samples a second. */
import { spawnSync } from 'node:child_process';

export const peers = ['numpy', 'torch_manual', 'torch_eager'] as const;
export type Peer = (typeof peers)[number];

/** Times a peer on a workload; throws with what the script says when it fails. */
export function peerSamplesPerSecond(script: string, peer: Peer, workload: string, seconds: number): number {
  const { status, stdout, stderr, error } = spawnSync('/usr/bin/python3', [script, peer, workload, String(seconds)], {
    encoding: 'utf8',
  });
  const figure = Number(stdout);
  if (status === 0 && figure > 0) return figure;
  throw new Error(`${script} ${peer} ${workload} failed: ${error?.message ?? stderr}`);
}
