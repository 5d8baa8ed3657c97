// `kalends backup` and `kalends restore`: what was answered is in a backup that is made meanwhile, what was cut
// short passes for none, what is damaged is seen, and all of it comes back.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Core } from './core.mjs';
import { blobsIn, Files } from './files.mjs';
import { World } from './harness.mjs';
import { binary, Program, run } from './programs.mjs';

const KILLS = 12;

describe('backup and restore', { concurrency: false }, () => {
  let world, specialist, anna, files, first;

  before(async () => {
    world = await World.core();
    specialist = await world.specialist();
    anna = await world.customer('telegram:2001', specialist.code);
    files = new Files(world, specialist.name, anna.name);
    first = { bytes: randomBytes(3_000_000) };
    first.document = await files.upload(first.bytes, { file_name: 'erste.pdf' });
    const [start] = await world.slots(specialist.name);
    await world.request(specialist.name, anna.name, start);
  });
  after(() => world.stop());

  const place = (name) => path.join(world.folder, name);
  const masterKey = () => path.join(world.dataDir, 'master.key');
  const kalends = (...args) => run(binary('kalends'), args);
  const backUp = (to, ...args) => kalends('backup', '--to', place(to), '--data-dir', world.dataDir, ...args);
  const restore = (from, to, ...args) => kalends('restore', '--from', place(from), '--data-dir', place(to), ...args);
  const withKey = () => ['--master-key-file', masterKey()];
  const verify = (from, ...args) => kalends('verify', '--backups', place(from), ...withKey(), ...args);
  const names = (of) => readdirSync(place(of)).filter((name) => /^20\d{6}T/.test(name)).sort();

  async function made(to, ...args) {
    const { code, stdout, stderr } = await backUp(to, '--json', ...args);
    assert.equal(code, 0, stdout + stderr);
    return JSON.parse(stdout);
  }
  async function sound(from, ...args) {
    const { code, stdout, stderr } = await verify(from, ...args);
    assert.equal(code, 0, stdout + stderr);
  }

  // What a core on a data directory has: {appointments, documents, bytes of each}.
  async function held(dataDir) {
    const portFile = `${dataDir}.port`;
    const args = ['--listen', '127.0.0.1:0', '--data-dir', dataDir, '--port-file', portFile, '--new-admin-key'];
    const kalendsd = new Program('kalendsd', args, { folder: mkdir(`${dataDir}.logs`) });
    const port = await kalendsd.port(portFile);
    const key = readFileSync(path.join(dataDir, 'admin.key'), 'utf8').trim();
    const other = { admin: new Core(`127.0.0.1:${port}`, key) };
    const there = new Files(other, specialist.name, anna.name);
    const { appointments } = await other.admin.call('BookingService', 'ListAppointments', { parent: specialist.name, page_size: 200 });
    const { documents } = await there.list();
    const bytes = [];
    for (const document of documents) bytes.push(await there.fetch(document));
    other.admin.close();
    assert.equal(await kalendsd.stop(), 0);
    return { appointments, documents, bytes };
  }
  const mkdir = (folder) => (mkdirSync(folder, { recursive: true }), folder);
  const sha = (bytes) => createHash('sha256').update(bytes).digest('hex');

  test('a backup of a running core is sound, for its owner alone, and brings everything back', async () => {
    const report = await made('one');
    assert.equal(report.files, 1);
    assert.equal(report.files_copied, 1);
    await sound('one');
    for (const at of ['one', `one/${report.backup}`, 'one/blobs']) assert.equal(statSync(place(at)).mode & 0o777, 0o700, at);
    for (const at of [`one/${report.backup}/kalends.db`, `one/${report.backup}/manifest`]) {
      assert.equal(statSync(place(at)).mode & 0o777, 0o600, at);
    }
    assert.ok(!existsSync(place(`one/${report.backup}/master.key`)), 'it was not asked for');
    const restored = await restore('one', 'back', ...withKey());
    assert.equal(restored.code, 0, restored.stderr);
    assert.match(restored.stdout, /is as it was at 20\d\d-.*Z: the database and 1 files/);
    assert.deepEqual(blobsIn(path.join(place('back'), 'blobs')), blobsIn(path.join(world.dataDir, 'blobs')));
    const back = await held(place('back'));
    const { appointments } = await world.admin.call('BookingService', 'ListAppointments', { parent: specialist.name });
    assert.deepEqual(back.appointments, appointments);
    assert.equal(back.appointments[0].customer_display_name, 'Anna');
    assert.deepEqual(back.bytes.map(sha), [sha(first.bytes)]);
  });

  test('the next one copies new files alone, and an older one keeps what was deleted since', async () => {
    const second = randomBytes(200_000);
    const document = await files.upload(second, { file_name: 'zweite.pdf' });
    const next = await made('one');
    assert.deepEqual([next.files, next.files_copied], [2, 1]);
    await files.delete(document);
    const last = await made('one');
    assert.deepEqual([last.files, last.files_copied], [1, 0]);
    for (const name of names('one')) await sound('one', '--backup', name);
    assert.equal((await restore('one', 'older', '--backup', next.backup, ...withKey())).code, 0);
    assert.deepEqual((await held(place('older'))).bytes.map(sha).sort(), [sha(first.bytes), sha(second)].sort());
    assert.equal((await restore('one', 'newest', ...withKey())).code, 0);
    assert.deepEqual((await held(place('newest'))).documents.map(({ file_name: name }) => name), ['erste.pdf']);
  });

  test('what was answered before it began is in it, and one of a moment, however much is written', async () => {
    let writes = true;
    let answered = 0;
    const writing = (async () => {
      while (writes) {
        const name = `Kunde ${answered}`;
        await world.customer(`telegram:${5000 + answered}`, specialist.code, { name, zone: '' });
        await files.delete(await files.upload(randomBytes(100_000)));
        ++answered;
      }
    })();
    for (let i = 0; i < 6; ++i) {
      const before = answered;
      const { backup } = await made('busy');
      await sound('busy', '--backup', backup);
      const to = `busy-${i}`;
      assert.equal((await restore('busy', to, '--backup', backup, ...withKey())).code, 0);
      const script = 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM links").fetchone()[0])';
      const { stdout } = await run('python3', ['-c', script, path.join(place(to), 'kalends.db')]);
      assert.ok(Number(stdout) >= before + 1, `${stdout} links, and ${before} were answered`);
    }
    writes = false;
    await writing;
  });

  test('killed at any moment it leaves no half that passes for a whole one', async () => {
    for (let i = 0; i < 4; ++i) await files.upload(randomBytes(1_500_000));
    const began = Date.now();
    await made('whole');
    const wholeMs = Date.now() - began;
    for (let i = 0; i < KILLS; ++i) {
      const to = mkdir(place('killed'));
      const child = spawn(binary('kalends'), ['backup', '--to', to, '--data-dir', world.dataDir], { stdio: 'ignore' });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await pause((wholeMs * i) / KILLS);
      child.kill('SIGKILL');
      await ended;
      for (const name of names('killed')) await sound('killed', '--backup', name);
      if (names('killed').length === 0) {
        const { code, stderr } = await restore('killed', 'none', ...withKey());
        assert.equal(code, 1);
        assert.match(stderr, /there is no backup in/);
      }
    }
    await made('killed');
    assert.deepEqual(readdirSync(place('killed')).filter((name) => name.startsWith('.')), [], 'what was cut short is cleared away');
    assert.deepEqual(readdirSync(place('killed/blobs')).filter((name) => name.endsWith('.tmp')), []);
    await sound('killed');
  });

  test('with --keep the oldest go, with the files that none needs, killed at any moment or not', async () => {
    const gone = await files.upload(randomBytes(200_000));
    await made('kept');
    await files.delete(gone);
    await made('kept');
    await made('kept');
    assert.equal(names('kept').length, 3);
    const before = blobsIn(path.join(place('kept'), 'blobs')).length;
    for (let i = 0; i < KILLS; ++i) {
      const to = `kept-${i}`;
      cpSync(place('kept'), place(to), { recursive: true });
      const child = spawn(binary('kalends'), ['backup', '--to', place(to), '--data-dir', world.dataDir, '--keep', '1'], { stdio: 'ignore' });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await pause(20 * i);
      child.kill('SIGKILL');
      await ended;
      assert.ok(names(to).length > 0);
      for (const name of names(to)) await sound(to, '--backup', name);
      const { removed } = await made(to, '--keep', '1');
      assert.deepEqual(names(to).length, 1, removed.join());
      assert.equal(blobsIn(path.join(place(to), 'blobs')).length, before - 1);
      await sound(to);
      rmSync(place(to), { recursive: true });
    }
    const { code, stderr } = await backUp('kept', '--keep', '0');
    assert.notEqual(code, 0);
    assert.match(stderr, /--keep/);
  });

  test('so does a restore: the directory is there as a whole, or it is not', async () => {
    let ended = false;
    for (let i = 0; !ended; ++i) {
      assert.ok(i < 400, 'it does not come to an end');
      const to = place('restored');
      const args = ['restore', '--from', place('whole'), '--data-dir', to, ...withKey()];
      const child = spawn(binary('kalends'), args, { stdio: 'ignore' });
      const exit = new Promise((resolve) => child.once('exit', resolve));
      await Promise.race([pause(5 * i), exit]);
      child.kill('SIGKILL');
      ended = (await exit) === 0;
      if (existsSync(to)) {
        const { code, stdout } = await kalends('verify', '--data-dir', to);
        assert.equal(code, 0, stdout);
        ended = true;
      }
    }
    assert.equal((await held(place('restored'))).bytes.length, 5);
  });

  test('two at a time do not get into each other’s way', async () => {
    const both = await Promise.all([backUp('twice'), backUp('twice')]);
    assert.ok(both.some(({ code }) => code === 0));
    for (const { code, stderr } of both) if (code !== 0) assert.match(stderr, /another program makes a backup/);
    for (const name of names('twice')) await sound('twice', '--backup', name);
  });

  test('what is damaged is told, and not restored', async () => {
    const { backup } = await made('damaged');
    const spoil = (file) => {
      const bytes = readFileSync(file);
      bytes[bytes.length >> 1] ^= 1;
      writeFileSync(file, bytes);
    };
    const fresh = (name) => (cpSync(place('damaged'), place(name), { recursive: true }), name);
    const blob = blobsIn(path.join(place('damaged'), 'blobs'))[0];

    const database = fresh('damaged-database');
    spoil(path.join(place(database), backup, 'kalends.db'));
    assert.equal((await verify(database)).code, 2);
    const refused = await restore(database, 'none', ...withKey());
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /kalends\.db is not what was backed up/);

    for (const [name, spoils, why] of [
      ['damaged-file', spoil, /is not what was backed up: .*--accept-damage/],
      ['lost-file', rmSync, /is not there: .*--accept-damage/],
    ]) {
      fresh(name);
      spoils(path.join(place(name), 'blobs', blob));
      const seen = await verify(name);
      assert.equal(seen.code, 2);
      assert.ok(seen.stdout.includes(`blobs/${blob}`), seen.stdout);
      const { code, stderr } = await restore(name, 'none', ...withKey());
      assert.equal(code, 1);
      assert.match(stderr, why);
      assert.ok(!existsSync(place('none')));
      const partly = await restore(name, `${name}-saved`, ...withKey(), '--accept-damage');
      assert.equal(partly.code, 2, partly.stderr);
      assert.ok(partly.stdout.includes(`blobs/${blob}`));
    }
    // The next backup brings back a file that was removed.
    cpSync(place('lost-file'), place('mended'), { recursive: true });
    assert.equal((await made('mended')).files_copied, 1);
    await sound('mended');

    for (const [name, change] of [
      ['cut', (text) => text.slice(0, text.length >> 1)],
      ['changed', (text) => text.replace(/^file (\S+) (\d+)/m, (_, id, size) => `file ${id} ${Number(size) + 1}`)],
      ['empty', () => ''],
      ['newer', (text) => text.replace('kalends-backup 1', 'kalends-backup 2')],
    ]) {
      fresh(`manifest-${name}`);
      const file = path.join(place(`manifest-${name}`), backup, 'manifest');
      writeFileSync(file, change(readFileSync(file, 'utf8')));
      const { code, stderr } = await restore(`manifest-${name}`, 'none', ...withKey());
      assert.equal(code, 1, name);
      assert.match(stderr, /manifest is (damaged|of another version)/, name);
      assert.equal((await verify(`manifest-${name}`)).code, 1, name);
    }
    assert.ok(!existsSync(place('none')) && !existsSync(place('none.restoring')), 'nothing is left of what failed');
    await sound('damaged');
  });

  test('it goes into an empty place only, and only with the key that opens it', async () => {
    const full = mkdir(place('full'));
    writeFileSync(path.join(full, 'kalends.db'), '');
    const refused = await restore('one', 'full', ...withKey());
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /full is not empty/);
    assert.equal(readFileSync(path.join(full, 'kalends.db'), 'utf8'), '');

    writeFileSync(place('other.key'), `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
    const wrong = await restore('one', 'none', '--master-key-file', place('other.key'));
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /this master key does not open the backup/);
    assert.ok(!existsSync(place('none')));

    mkdir(place('bare'));
    const bare = await restore('one', 'bare');
    assert.equal(bare.code, 0, bare.stderr);
    assert.match(bare.stdout, /It has no master key yet/);
    const start = await run(binary('kalendsd'), ['--listen', '127.0.0.1:0', '--data-dir', place('bare')]);
    assert.match(start.stderr, /master\.key is missing, and the database is sealed with it/);
    copyFileSync(masterKey(), path.join(place('bare'), 'master.key'));
    assert.ok((await held(place('bare'))).documents.length > 0);
  });

  test('with its master key, where that was asked for, it needs nothing else', async () => {
    const { backup } = await made('keyed', '--with-master-key');
    assert.equal(statSync(path.join(place('keyed'), backup, 'master.key')).mode & 0o777, 0o600);
    assert.equal((await kalends('verify', '--backups', place('keyed'))).code, 0);
    assert.equal((await restore('keyed', 'keyed-back')).code, 0);
    assert.ok((await held(place('keyed-back'))).bytes.length > 0);
  });

  test('of a damaged database none is made, and of a lost file it is told', async () => {
    assert.equal(await world.kalendsd.stop(), 0);
    cpSync(world.dataDir, place('torn'), { recursive: true });
    const database = path.join(place('torn'), 'kalends.db');
    const bytes = readFileSync(database);
    bytes.fill(0xa5, 4096, 9 * 4096);
    writeFileSync(database, bytes);
    const torn = await kalends('backup', '--to', place('of-torn'), '--data-dir', place('torn'));
    assert.equal(torn.code, 1, torn.stdout);
    assert.match(torn.stderr, /damaged|malformed/);
    assert.deepEqual(names('of-torn'), []);

    cpSync(world.dataDir, place('lossy'), { recursive: true });
    const lost = blobsIn(path.join(place('lossy'), 'blobs'))[0];
    rmSync(path.join(place('lossy'), 'blobs', lost));
    const partly = await kalends('backup', '--to', place('of-lossy'), '--data-dir', place('lossy'));
    assert.equal(partly.code, 2, partly.stderr);
    assert.ok(partly.stdout.includes(`lost        blobs/${lost}`), partly.stdout);
    const none = await kalends('backup', '--to', place('of-none'), '--data-dir', place('nowhere'));
    assert.equal(none.code, 1);
    assert.match(none.stderr, /there is no database/);
    await world.startCore();
  });

  test('a lost admin key is replaced at a start, and the old one stays good until it is revoked', async () => {
    const old = world.adminKey;
    assert.equal(await world.kalendsd.stop(), 0);
    rmSync(world.adminKeyFile);
    world.coreOptions.flags = ['--new-admin-key'];
    await world.startCore();
    world.coreOptions.flags = [];
    assert.notEqual(world.adminKey, old);
    const fresh = world.client(world.adminKey);
    const { api_keys: keys } = await fresh.call('AdminService', 'ListApiKeys', {});
    assert.deepEqual(keys.map(({ display_name: name }) => name).sort(), ['admin key made at a start', 'first admin key']);
    await world.admin.call('AdminService', 'GetServerStats', {}, { key: old });
    const [{ name }] = keys.filter(({ display_name: label }) => label === 'first admin key');
    await fresh.change('AdminService', 'RevokeApiKey', { name });
    await assert.rejects(world.admin.call('AdminService', 'GetServerStats', {}, { key: old }));
    fresh.close();
    world.admin.key = world.adminKey;
  });
});
