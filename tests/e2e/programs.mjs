// Starts and ends the programs under test.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, openSync, closeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../', import.meta.url));
export const buildDir = process.env.KALENDS_BUILD_DIR ?? path.join(repository, 'build/release');

const binaries = {
  kalends: 'tools/kalends/kalends',
  kalendsd: 'core/server/kalendsd',
  'kalends-telegram': 'adapters/telegram/kalends-telegram',
  'kalends-busy': 'adapters/busy/kalends-busy',
  'kalends-web': 'adapters/web/kalends-web',
  'kalends-console': 'adapters/console/kalends-console',
  'kalends-telegram-sim': 'tools/telegram_sim/kalends-telegram-sim',
};

const START_TIMEOUT_MS = 60_000; // Sanitized builds on a busy machine are slow.
const STOP_TIMEOUT_MS = 30_000;
const POLL_MS = 10;

export function binary(name) {
  return path.join(buildDir, binaries[name]);
}

// Waits until `condition` returns something true, and returns that.
export async function until(what, condition, timeoutMs = 60_000) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`Not so within ${timeoutMs} ms: ${what}`);
    await pause(POLL_MS);
  }
}

// Children of a test that dies in the middle shall not outlive it.
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

// A program with its output in `<folder>/<name>.log`.
export class Program {
  // `wrapper`: a command that ends in running what follows it, in its own process.
  constructor(name, args, { folder, env = {}, wrapper = [] }) {
    this.name = name;
    if (!existsSync(binary(name))) {
      throw new Error(`${binary(name)} is missing: build it, or say where it is with KALENDS_BUILD_DIR.`);
    }
    this.logFile = path.join(folder, `${name}.log`);
    const log = openSync(this.logFile, 'a');
    const [command, ...rest] = [...wrapper, binary(name), ...args];
    this.child = spawn(command, rest, {
      stdio: ['ignore', log, log],
      env: { ...process.env, ...env },
    });
    closeSync(log);
    running.add(this.child);
    this.exited = new Promise((resolve) => {
      this.child.once('error', (error) => resolve({ error }));
      this.child.once('exit', (code, signal) => resolve({ code, signal }));
    }).then((end) => {
      running.delete(this.child);
      this.end = end;
      return end;
    });
  }

  log() {
    return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8') : '';
  }

  // The port that the program has written into `file`.
  async port(file) {
    return until(
      `${this.name} writes its port`,
      () => {
        if (this.end) {
          throw new Error(`${this.name} ended (${JSON.stringify(this.end)}):\n${this.log()}`);
        }
        const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
        return text.endsWith('\n') && Number(text);
      },
      START_TIMEOUT_MS,
    );
  }

  // kill -9.
  async kill() {
    this.killed = true;
    this.child.kill('SIGKILL');
    await this.exited;
  }

  // Asks it to end, and returns its exit code.
  async stop() {
    if (!this.end) this.child.kill('SIGTERM');
    const timer = globalThis.setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    const end = await this.exited;
    clearTimeout(timer);
    return end.code ?? end.signal ?? String(end.error);
  }
}

// Runs a program to its end; returns {code, stdout, stderr}.
export async function run(command, args, { env = {}, cwd = repository } = {}) {
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) {
    child[stream].setEncoding('utf8').on('data', (text) => (output[stream] += text));
  }
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, ...output };
}
