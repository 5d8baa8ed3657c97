// An ordinary caller beside an attack: how long its answers take, and how much memory the core holds.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isLost } from '../e2e/steadfast.mjs';

const BETWEEN_CALLS_MS = 10;

export const SANITIZED = /asan|tsan/.test(process.env.KALENDS_BUILD_DIR ?? ''); // They need more memory.

// 0: there is no such process any more.
export function residentMib(pid) {
  try {
    const [, kib] = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+) kB/) ?? [0, 0];
    return Math.round(kib / 1024);
  } catch {
    return 0;
  }
}

// Calls all the while, as an ordinary client does; keeps the longest answer and the most memory.
export class Watch {
  // `outlives`: goes on when the core goes away; the longest answer is then that to a caller who waits.
  // `web`: is a visitor of kalends-web, whose memory it then is.
  constructor(world, { outlives = false, web = false } = {}) {
    this.world = world;
    this.outlives = outlives;
    this.web = web;
    this.core = world.client();
    this.before = this.peak = residentMib(this.pid);
    this.worstMs = 0;
    this.calls = 0;
    this.running = this.#run();
  }
  get pid() {
    return (this.web ? this.world.website : this.world.kalendsd).child.pid;
  }
  async #run() {
    while (!this.stopped) {
      const begun = performance.now();
      await this.#call();
      this.worstMs = Math.max(this.worstMs, performance.now() - begun);
      this.peak = Math.max(this.peak, residentMib(this.pid));
      this.calls++;
      await pause(BETWEEN_CALLS_MS);
    }
  }
  async #call() {
    if (this.web) {
      const answer = await fetch(`${this.world.web}/robots.txt`, { headers: { Connection: 'close' } });
      if (answer.status !== 200) throw new Error(`an ordinary visitor was answered ${answer.status}`);
      return answer.text();
    }
    for (;;) {
      try {
        return await this.core.call('AccountService', 'ListUtcOffsets', {}, { waitForReady: this.outlives });
      } catch (error) {
        if (!this.outlives || !isLost(error)) throw error;
      }
    }
  }
  async end() {
    this.stopped = true;
    await this.running;
    this.core.close();
  }
  // Of a Table whose columns are COLUMNS.
  cells() {
    return [this.before, this.peak, residentMib(this.pid), this.calls, Math.round(this.worstMs)];
  }
  static COLUMNS = ['MiB before', 'at most', 'after', 'ordinary calls', 'longest ms'];
}
