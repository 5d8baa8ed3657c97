// A PostgreSQL server for tests: of the test's own, or the one of tools/postgres, in which all programs
// of a run then have their databases (KALENDS_TEST_POSTGRES, as in tests/support/test_database.h).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { repository, run } from './programs.mjs';

export const server = process.env.KALENDS_TEST_POSTGRES;

// Installed by `tools/install postgres` alone: its package starts a server of its own.
export const missing = existsSync('/usr/lib/postgresql') ? false : 'PostgreSQL is not installed: tools/install postgres';

// "host=/tmp/x user=kalends" and a database, as a URI.
export function addressOf(keywords, database) {
  const words = Object.fromEntries(keywords.split(' ').map((word) => word.split('=')));
  return `postgres://${words.user}@/${database}?host=${encodeURIComponent(words.host)}`;
}

export async function sql(keywords, statement, database = 'postgres') {
  const { code, stdout, stderr } = await run('psql', ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-c', statement,
    `${keywords} dbname=${database}`]);
  if (code !== 0) throw new Error(stderr);
  return stdout.trim();
}

let made = 0;
// An empty database; returns its URI for --storage.
export async function makeDatabase(keywords) {
  const name = `e2e_${process.pid}_${++made}`;
  await sql(keywords, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  return addressOf(keywords, name);
}

// A server of the test's own: {keywords, stop}.
export async function startServer() {
  const holder = spawn(path.join(repository, 'tools/postgres'), ['sh', '-c', 'echo "$KALENDS_TEST_POSTGRES"; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(holder, 'exit');
  const [keywords] = await Promise.race([once(holder.stdout, 'data'), exited.then(() => [''])]);
  if (!String(keywords)) throw new Error('PostgreSQL did not start');
  return {
    keywords: String(keywords).trim(),
    stop: async () => {
      holder.stdin.end();
      await exited;
    },
  };
}
