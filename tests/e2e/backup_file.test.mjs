// A backup as one file, as it is or encrypted by age: it brings everything back, `tar` and `age` alone open it,
// and whatever is damaged, cut off, cut short or for another key passes for none.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Files } from './files.mjs';
import { World } from './harness.mjs';
import { binary, buildDir, run } from './programs.mjs';

const KILLS = 10;
const SHIM = path.join(buildDir, 'tests/e2e/libsmall_disk.so');

describe('a backup as one file', { concurrency: false }, () => {
  let world, files, recipient;
  const place = (name) => path.join(world.folder, name);
  const kalends = (...args) => run(binary('kalends'), args, { env: { TMPDIR: place('tmp') } });
  const masterKey = () => ['--master-key-file', path.join(world.dataDir, 'master.key')];
  const backUp = (file, ...args) => kalends('backup', '--to-file', place(file), '--data-dir', world.dataDir, ...args);
  const restore = (file, to, ...args) => kalends('restore', '--from-file', place(file), '--data-dir', place(to), ...masterKey(), ...args);
  const verify = (file, ...args) => kalends('verify', '--backup-file', place(file), ...masterKey(), ...args);
  const encrypted = () => ['--encrypt-to', recipient];
  const identity = () => ['--identity-file', place('key.txt')];

  async function made(file, ...args) {
    const { code, stdout, stderr } = await backUp(file, '--json', ...args);
    assert.equal(code, 0, stdout + stderr);
    return JSON.parse(stdout);
  }
  // What a data directory has: its database's links, and the hashes that `kalends verify` compares.
  async function sound(dataDir) {
    const { code, stdout } = await kalends('verify', '--data-dir', place(dataDir), '--json');
    assert.equal(code, 0, stdout);
    return JSON.parse(stdout).files;
  }
  // Nothing of what was unpacked stays, and nothing in the data directory.
  function nothingIsLeft() {
    assert.deepEqual(readdirSync(place('tmp')), []);
    assert.deepEqual(readdirSync(world.folder).filter((name) => /unpacked|unfinished/.test(name)), []);
    assert.deepEqual(readdirSync(path.join(world.dataDir, 'backup-to-file')), ['lock']);
  }

  before(async () => {
    world = await World.core();
    const specialist = await world.specialist();
    const anna = await world.customer('telegram:2001', specialist.code);
    files = new Files(world, specialist.name, anna.name);
    for (let i = 0; i < 3; ++i) await files.upload(randomBytes(1_500_000));
    mkdirSync(place('tmp'));
    for (const name of ['key.txt', 'other.txt']) assert.equal((await run('age-keygen', ['-o', place(name)])).code, 0);
    recipient = /public key: (age1\w+)/.exec(readFileSync(place('key.txt'), 'utf8'))[1];
  });
  after(() => world.stop());

  test('of a running core it is sound, for its owner alone, and brings everything back', async () => {
    const report = await made('plain.tar');
    assert.equal(report.files, 3);
    assert.equal(statSync(place('plain.tar')).mode & 0o777, 0o600);
    assert.equal((await verify('plain.tar')).code, 0);
    const { code, stderr } = await restore('plain.tar', 'plain');
    assert.equal(code, 0, stderr);
    assert.equal(await sound('plain'), 3);
    nothingIsLeft();
  });

  test('tar unpacks it into a directory of backups', async () => {
    mkdirSync(place('by-tar'));
    assert.equal((await run('tar', ['-xf', place('plain.tar'), '-C', place('by-tar')])).code, 0);
    const { code, stderr } = await kalends('restore', '--from', place('by-tar'), '--data-dir', place('from-tar'), ...masterKey());
    assert.equal(code, 0, stderr);
    assert.equal(await sound('from-tar'), 3);
  });

  test('encrypted it opens for the keys it was encrypted to, and for age itself', async () => {
    const others = place('recipients.txt');
    const other = /public key: (age1\w+)/.exec(readFileSync(place('other.txt'), 'utf8'))[1];
    writeFileSync(others, `# of another person\n${other}\n`);
    const report = await made('sealed.age', ...encrypted(), '--encrypt-to', others);
    assert.equal(report.encrypted, true);
    for (const key of ['key.txt', 'other.txt']) {
      const { code, stdout, stderr } = await verify('sealed.age', '--identity-file', place(key));
      assert.equal(code, 0, stdout + stderr);
    }
    const restored = await restore('sealed.age', 'sealed', ...identity());
    assert.equal(restored.code, 0, restored.stderr);
    assert.equal(await sound('sealed'), 3);
    assert.equal((await run('age', ['--decrypt', '-i', place('key.txt'), '-o', place('opened.tar'), place('sealed.age')])).code, 0);
    assert.equal((await verify('opened.tar')).code, 0);
    assert.ok(!readFileSync(place('sealed.age')).includes('kalends.db'));
    nothingIsLeft();
  });

  test('for another key, and without one, it stays closed', async () => {
    await made('closed.age', ...encrypted());
    const without = await restore('closed.age', 'none');
    assert.equal(without.code, 1);
    assert.match(without.stderr, /is encrypted: --identity-file names the key/);
    const wrong = await restore('closed.age', 'none', '--identity-file', place('other.txt'));
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /cannot be decrypted: it is damaged, cut off, or for another key/);
    assert.ok(!existsSync(place('none')));
    const nobody = await backUp('nobody.age', '--encrypt-to', 'age1nobody');
    assert.equal(nobody.code, 1);
    assert.ok(!existsSync(place('nobody.age')));
    nothingIsLeft();
  });

  for (const [name, args, open] of [
    ['spoiled.tar', () => [], () => []],
    ['spoiled.age', encrypted, identity],
  ]) {
    test(`damaged or cut off anywhere, ${name} brings back nothing`, async () => {
      await made(name, ...args());
      const whole = readFileSync(place(name));
      for (let i = 1; i <= KILLS; ++i) {
        const at = Math.floor((whole.length * i) / (KILLS + 1));
        const spoiled = Buffer.from(whole);
        spoiled.fill(0xa5, at, at + 64);
        for (const bytes of [whole.subarray(0, at), spoiled]) {
          writeFileSync(place(`bad-${name}`), bytes);
          const { code, stdout } = await restore(`bad-${name}`, 'none', ...open());
          assert.equal(code, 1, `${at}: ${stdout}`);
          assert.ok(!existsSync(place('none')), String(at));
          assert.notEqual((await verify(`bad-${name}`, ...open())).code, 0, String(at));
        }
      }
      for (const bytes of [Buffer.alloc(0), Buffer.from('age-encryption.org/v1\n'), randomBytes(10_000)]) {
        writeFileSync(place(`bad-${name}`), bytes);
        assert.equal((await restore(`bad-${name}`, 'none', ...open())).code, 1);
      }
      nothingIsLeft();
    });
  }

  test('what is no backup writes over nothing', async () => {
    mkdirSync(place('evil'));
    writeFileSync(place('evil/escaped'), 'not ours');
    assert.equal((await run('tar', ['-cPf', place('evil.tar'), '--transform', 's,.*,../../escaped,', place('evil/escaped')])).code, 0);
    const { code, stderr } = await restore('evil.tar', 'none');
    assert.equal(code, 1);
    assert.match(stderr, /is no backup: it has what no backup has/);
    assert.ok(!existsSync(place('escaped')) && !existsSync(path.join(world.folder, '..', 'escaped')));
    nothingIsLeft();
  });

  test('killed at any moment it leaves the file that was there, or the new one', async () => {
    await made('killed.age', ...encrypted());
    const began = Date.now();
    await made('killed.age', ...encrypted());
    const wholeMs = Date.now() - began;
    for (let i = 0; i < KILLS; ++i) {
      const args = ['backup', '--to-file', place('killed.age'), '--data-dir', world.dataDir, ...encrypted()];
      const child = spawn(binary('kalends'), args, { stdio: 'ignore' });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await pause((wholeMs * i) / KILLS);
      child.kill('SIGKILL');
      await ended;
      const { code, stdout, stderr } = await verify('killed.age', ...identity());
      assert.equal(code, 0, stdout + stderr);
    }
    await made('killed.age', ...encrypted());
    nothingIsLeft();
  });

  test('on a full disk none is made, the one before stays, and it says so', async () => {
    mkdirSync(place('small'));
    await made('small/backup.tar');
    const before = readFileSync(place('small/backup.tar'));
    const args = ['backup', '--to-file', place('small/backup.tar'), '--data-dir', world.dataDir];
    const env = {
      LD_PRELOAD: [process.env.LD_PRELOAD, SHIM].filter(Boolean).join(':'),
      KALENDS_SMALL_DISKS: `${place('small')}=${before.length + 1_000_000}`,
    };
    const { code, stderr } = await run(binary('kalends'), args, { env });
    assert.equal(code, 1, stderr);
    assert.match(stderr, /no room left/);
    assert.deepEqual(readdirSync(place('small')), ['backup.tar']);
    assert.ok(readFileSync(place('small/backup.tar')).equals(before));
    nothingIsLeft();
  });

  test('flags that say nothing together are refused', async () => {
    for (const args of [
      ['backup', '--data-dir', world.dataDir],
      ['backup', '--data-dir', world.dataDir, '--to', place('both'), '--to-file', place('both.tar')],
      ['backup', '--data-dir', world.dataDir, '--to', place('both'), '--encrypt-to', recipient],
      ['backup', '--data-dir', world.dataDir, '--to-file', place('both.tar'), '--keep', '3'],
      ['restore', '--data-dir', place('none')],
      ['verify', '--backups', place('both'), '--backup-file', place('both.tar')],
    ]) {
      const { code, stderr } = await kalends(...args);
      assert.equal(code, 1, `${args.join(' ')}: ${stderr}`);
    }
    assert.ok(!existsSync(place('both')) && !existsSync(place('both.tar')));
    rmSync(place('tmp'), { recursive: true });
  });
});
