// Pages of the database overwritten on the disk, as a broken disk or a stray program does it: it is noticed
// at the start or by `kalends verify`, or what is read is what was written. But for a page in whose place there is
// another page that is sound: SQLite keeps no checksums, and may find everything in order. At length (table.mjs) more often.
import assert from 'node:assert/strict';
import { cpSync, openSync, closeSync, readFileSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { Core } from '../e2e/core.mjs';
import { World } from '../e2e/harness.mjs';
import { binary, Program, run, until } from '../e2e/programs.mjs';
import { drawer } from '../e2e/seed.mjs';
import { atLength, Table } from './table.mjs';

const PAGES = atLength ? 200 : 12;
const MESSAGES = 200;
const APPOINTMENTS = 12;
const TIMEOUT_MS = atLength ? 3_600_000 : 300_000;
// What a core says of a database that SQLite finds damaged.
const COMPLAINT = /damaged|corrupt|malformed|not a database/i;

const NOTICED = ['at start', 'while it runs', 'by verify', 'harmless', 'unseen'];
const table = new Table('Damage: a page of the database is overwritten', ['with', 'pages', ...NOTICED]);
after(() => table.print());

let world, marie, anna, sound;
before(async () => {
  world = await World.core();
  marie = await world.specialist();
  anna = await world.customer('telegram:2001', marie.code);
  const as = { account: anna.name };
  for (const start of (await world.slots(marie.name, { count: 2 * APPOINTMENTS })).filter((_, i) => i % 2 === 0)) {
    await world.request(marie.name, anna.name, start);
  }
  const parent = `${marie.name}/links/me`;
  for (let i = 0; i < MESSAGES; ++i) {
    const side = i % 2 ? as : { account: marie.account };
    const to = i % 2 ? parent : `${marie.name}/links/${anna.name.split('/')[1]}`;
    const request = { parent: to, message: { text: `${i} ${'words '.repeat(100)}` } };
    await world.admin.change('ChatService', 'SendMessage', request, side).catch((error) => {
      if (error.reason !== 'RATE_LIMITED') throw error;
    });
  }
  sound = await answersOf(world.admin);
  await world.kalendsd.stop(); // Everything is in one file then.
});
after(() => rmSync(world.folder, { recursive: true, force: true }));

// All that the core says, by question; of a question that it refuses, null.
async function answersOf(core) {
  const link = `${marie.name}/links/${anna.name.split('/')[1]}`;
  const questions = [
    ['AccountService', 'GetAccount', { name: anna.name }],
    ['AccountService', 'GetAccount', { name: marie.account }],
    ['BookingService', 'ListAppointments', { parent: marie.name, page_size: 200 }],
    ['ChatService', 'ListMessages', { parent: link, page_size: 200 }],
    ['CatalogService', 'ListServices', { parent: marie.name }],
    ['InvitationService', 'ListInvitations', { parent: marie.name }],
    ['LinkService', 'ListLinks', { parent: marie.name }],
    ['ScheduleService', 'GetSchedule', { name: `${marie.name}/schedule` }],
  ];
  return Promise.all(
    questions.map(([service, method, request]) => core.call(service, method, request).catch(() => null)),
  );
}

const SOUND_PAGE = 'another page';
const WAYS = {
  'random bytes': (page, draw) => page.map(() => Math.floor(draw() * 256)),
  zeros: (page) => page.fill(0),
  [SOUND_PAGE]: (page, draw, file) => {
    const count = statSync(file).size / page.length;
    const from = openSync(file);
    readSync(from, page, 0, page.length, (1 + Math.floor(draw() * (count - 1))) * page.length);
    closeSync(from);
    return page;
  },
};

function overwrite(file, way, draw) {
  const page = Buffer.alloc(readFileSync(file).readUInt16BE(16));
  const count = statSync(file).size / page.length;
  const at = Math.floor(draw() * count) * page.length;
  const to = openSync(file, 'r+');
  writeSync(to, WAYS[way](page, draw, file), 0, page.length, at);
  closeSync(to);
  return at / page.length + 1;
}

// What SQLite itself says of it.
async function isSoundToSqlite(file) {
  const script = `
import sqlite3, sys
try:
    print(sqlite3.connect(sys.argv[1]).execute("PRAGMA quick_check").fetchone()[0])
except sqlite3.DatabaseError as error:
    print(error)
`;
  return (await run('python3', ['-c', script, file])).stdout.trim() === 'ok';
}

// How a core on `dataDir` fares: {started, complains, answers}.
async function serve(dataDir) {
  const portFile = `${dataDir}.port`;
  const args = ['--listen', '127.0.0.1:0', '--data-dir', dataDir, '--port-file', portFile];
  const kalendsd = new Program('kalendsd', args, { folder: dataDir });
  const port = await kalendsd.port(portFile).catch(() => 0);
  if (port === 0) {
    assert.ok(kalendsd.end.code > 0, `it ended with ${JSON.stringify(kalendsd.end)}`);
    return { started: false, complains: COMPLAINT.test(kalendsd.log()), log: kalendsd.log() };
  }
  const core = new Core(`127.0.0.1:${port}`, readFileSync(path.join(dataDir, 'admin.key'), 'utf8').trim());
  const answers = await answersOf(core);
  const complaint = () => COMPLAINT.test(kalendsd.log());
  core.close();
  return { started: true, answers, complaint, kalendsd };
}

async function damaged(way, draw, number) {
  const dataDir = path.join(world.folder, `${way.replaceAll(' ', '-')}-${number}`);
  cpSync(world.dataDir, dataDir, { recursive: true });
  const file = path.join(dataDir, 'kalends.db');
  const page = overwrite(file, way, draw);
  const what = `page ${page} overwritten with ${way}`;
  const soundToSqlite = await isSoundToSqlite(file);
  const verified = await run(binary('kalends'), ['verify', '--data-dir', dataDir]);
  const fate = await serve(dataDir);
  if (!fate.started) {
    assert.ok(fate.complains, `${what}: the core did not start, and did not say why:\n${fate.log}`);
    assert.notEqual(verified.code, 0, `${what}: the core does not start, and verify finds nothing`);
    rmSync(dataDir, { recursive: true });
    return 'at start';
  }
  // Large files are looked at beside the service.
  if (!soundToSqlite) await until(`${what}: the core says that it is damaged`, fate.complaint, 20_000);
  const complains = fate.complaint();
  assert.ok((await fate.kalendsd.stop()) !== 'SIGSEGV', what);
  assert.ok(soundToSqlite || verified.code !== 0, `${what}: verify finds nothing`);
  rmSync(dataDir, { recursive: true });
  if (complains) return 'while it runs';
  if (verified.code !== 0) return 'by verify';
  if (way === SOUND_PAGE && soundToSqlite && !isDeepStrictEqual(fate.answers, sound)) return 'unseen';
  assert.deepEqual(fate.answers, sound, `${what}: nobody noticed, and the core says something else`);
  return 'harmless';
}

test('of a sound database verify says so', async () => {
  const verified = await run(binary('kalends'), ['verify', '--data-dir', world.dataDir]);
  assert.equal(verified.code, 0, verified.stdout + verified.stderr);
});

for (const way of Object.keys(WAYS)) {
  test(`a page overwritten with ${way} is noticed as far as SQLite can, or does no harm`, { timeout: TIMEOUT_MS }, async (t) => {
    const draw = drawer(t);
    const count = Object.fromEntries(NOTICED.map((when) => [when, 0]));
    for (let i = 0; i < PAGES / 3; ++i) count[await damaged(way, draw, i)]++;
    table.add(way, Math.ceil(PAGES / 3), ...Object.values(count));
  });
}
