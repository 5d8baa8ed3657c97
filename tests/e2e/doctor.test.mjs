// kalends doctor and kalends migrate: what an operator asks before and after an upgrade.
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Authority } from './certificates.mjs';
import { World } from './harness.mjs';
import { binary, run } from './programs.mjs';
import { BOT_TOKEN } from './simulator.mjs';

const WARNINGS = 8;
const BROKEN = 9;

let world;
before(async () => {
  world = await World.core();
  await world.startSimulator();
});
after(() => world.stop());

// {code, of}: `of(check)` are the findings of a check.
async function doctor(args = [], env = {}) {
  const { code, stdout, stderr } = await run(
    binary('kalends'),
    ['doctor', '--json', '--data-dir', world.dataDir, ...args],
    { env: { TELEGRAM_BOT_TOKEN: '', KALENDS_CORE: world.address, KALENDS_API_KEY_FILE: world.adminKeyFile, ...env } },
  );
  assert.equal(stderr, '');
  const findings = stdout.trim().split('\n').map((line) => JSON.parse(line));
  return { code, findings, of: (check) => findings.filter((one) => one.check === check) };
}
const severities = (findings) => findings.map(({ severity }) => severity);

test('a sound Kalends has nothing broken, and each finding that is not ok says what to do', async () => {
  const { code, findings, of } = await doctor();
  const checks = ['versions', 'configuration', 'permissions', 'disk', 'files', 'clock', 'zones', 'fonts', 'tls', 'core', 'telegram'];
  assert.deepEqual([...new Set(findings.map(({ check }) => check))], checks);
  for (const check of ['versions', 'configuration', 'permissions', 'tls', 'core', 'telegram']) {
    assert.ok(of(check).every(({ severity }) => severity === 'ok'), JSON.stringify(of(check)));
  }
  for (const { severity, advice } of findings) assert.equal(advice === '', severity === 'ok');
  const worst = severities(findings).includes('broken') ? BROKEN : severities(findings).includes('warning') ? WARNINGS : 0;
  assert.equal(code, worst);
});

test('people read the same, a line for each finding', async () => {
  const { stdout } = await world.kalends('doctor', '--data-dir', world.dataDir);
  assert.match(stdout, /^ok +core +the core answers$/m);
  assert.match(stdout, /^ok +versions +kalends \d/m);
});

test('the bot is asked for where a token is given, and the token is not shown', async () => {
  const api = ['--telegram-api', world.simulator.url];
  const { of } = await doctor(api, { TELEGRAM_BOT_TOKEN: BOT_TOKEN });
  assert.match(of('telegram')[0].what, /^the token is that of @\w+$/);
  assert.match(of('telegram')[1].what, /there is no webhook; \d+ wait$/);
  const wrong = await doctor(api, { TELEGRAM_BOT_TOKEN: '1:WRONG-secret' });
  assert.deepEqual(severities(wrong.of('telegram')), ['broken']);
  assert.match(wrong.of('telegram')[0].what, /refuses the token/);
  assert.equal(wrong.code, BROKEN);
  const away = await doctor(['--telegram-api', 'http://127.0.0.1:1'], { TELEGRAM_BOT_TOKEN: BOT_TOKEN });
  assert.match(away.of('telegram')[0].what, /cannot be reached/);
  for (const { findings } of [wrong, away]) assert.doesNotMatch(JSON.stringify(findings), /secret|SIMULATOR/);
});

test('the end of certificates is told, and keys that are not theirs', async () => {
  const ca = await Authority.in(world.folder, 'authority');
  const good = await ca.issue('good', { to: 90 });
  const soon = await ca.issue('soon', { to: 8.5 });
  const ended = await ca.issue('ended', { from: -9, to: -1 });
  const look = async (cert, key) =>
    (await doctor(['--tls-cert-file', cert, '--tls-key-file', key])).of('tls');
  assert.deepEqual(severities(await look(good.cert, good.key)), ['ok']);
  const [ending] = await look(soon.cert, soon.key);
  assert.equal(ending.severity, 'warning');
  assert.match(ending.what, /ends in 8 days/);
  assert.match((await look(ended.cert, ended.key))[0].what, /has ended/);
  assert.match((await look(good.cert, soon.key)).at(-1).what, /is not the key of/);
  assert.match((await look(world.adminKeyFile, good.key))[0].what, /holds no certificate/);
});

test('files that others may read are told with the command that closes them', async () => {
  const file = path.join(world.dataDir, 'admin.key');
  chmodSync(file, 0o644);
  const { code, of } = await doctor();
  chmodSync(file, 0o600);
  assert.equal(code, BROKEN);
  assert.ok(of('permissions').some(({ advice }) => advice === `chmod 600 ${file}`), JSON.stringify(of('permissions')));
});

test('a core that is away, and a key that may not ask, are told apart', async () => {
  const away = await doctor(['--core', '127.0.0.1:1']);
  assert.deepEqual(severities(away.of('core')), ['broken']);
  assert.match(away.of('core')[0].what, /cannot be reached/);
  const web = await doctor(['--admin-key-file', await world.createKeyFile('web')]);
  assert.deepEqual(severities(web.of('core')), ['warning']);
  assert.match(web.of('core')[0].what, /SCOPE_MISSING/);
});

const migrate = (...args) => run(binary('kalends'), ['migrate', '--data-dir', world.dataDir, ...args]);

// Last, as it stops the core.
test('migrations are listed beside a running core, and run without one only', async () => {
  const listed = await migrate('--json');
  assert.equal(listed.code, 0, listed.stderr);
  const all = listed.stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(all.map(({ migration }) => migration), all.map((_, i) => i + 1));
  assert.ok(all.every(({ state }) => state === 'applied'));

  const database = path.join(world.dataDir, 'kalends.db');
  const away = path.join(world.folder, 'nothing');
  const none = await run(binary('kalends'), ['migrate', '--data-dir', away]);
  assert.equal(none.code, 3);

  // An older database: one of no migration at all, beside which the lock of a running core is.
  const older = path.join(world.folder, 'older.db');
  const made = await run('python3', [
    '-c',
    'import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute("PRAGMA application_id = 0x4b616c65"); c.execute("PRAGMA user_version = 0"); c.commit()',
    older,
  ]);
  assert.equal(made.code, 0, made.stderr);
  const pending = await migrate('--database', older);
  assert.match(pending.stdout, /^0001 +pending/m);
  assert.match(pending.stderr, /kalends backup --to/);
  const refused = await migrate('--database', older, '--apply');
  assert.equal(refused.code, 5);
  assert.match(refused.stderr, /A kalendsd works on .*: stop it first/);
  assert.match((await migrate('--database', older)).stdout, /^0001 +pending/m);

  assert.equal(await world.kalendsd.stop(), 0);
  const applied = await migrate('--database', older, '--apply');
  assert.equal(applied.code, 0, applied.stderr);
  assert.match(applied.stderr, new RegExp(`^${all.length} applied now`));
  assert.doesNotMatch(applied.stdout, /pending/);
  assert.match((await migrate('--database', older, '--apply')).stderr, /^0 applied now/);

  writeFileSync(older, 'no database at all, but long enough to be looked at as one of them'.repeat(20));
  assert.equal((await migrate('--database', older)).code, 1);
  assert.equal((await run(binary('kalends'), ['verify', '--data-dir', world.dataDir, '--database', database])).code, 0);
});
