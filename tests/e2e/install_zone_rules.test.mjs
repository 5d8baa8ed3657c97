// tools/install updates old rules of time zones. apt and dpkg are played here.
import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { repository, run } from './programs.mjs';

const DAY_S = 24 * 60 * 60;
let folder;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kalends-install-'));
  for (const name of ['bin', 'tools', 'build']) mkdirSync(path.join(folder, name));
  cpSync(path.join(repository, 'tools/install'), path.join(folder, 'tools/install'));
  writeFileSync(path.join(folder, 'candidate'), '2026f');
  // Everything is installed.
  program('dpkg-query', 'shift 3; for package in "$@"; do echo "installed $package"; done');
  program('dpkg', '[[ $2 > $4 ]]');
  program('sudo', '"$@"');
  program('apt-cache', 'printf "tzdata:\\n  Installed: %s\\n  Candidate: %s\\n" "$(cat "$HERE/installed")" "$(cat "$HERE/candidate")"');
  program('apt-get', 'echo "$*" >>"$HERE/asked"; [[ ! -e $HERE/offline ]] || exit 100; if [[ $* == *install* ]]; then cp "$HERE/candidate" "$HERE/installed"; fi; if [[ $* == *update* && -e $HERE/published ]]; then cp "$HERE/published" "$HERE/candidate"; fi');
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(name, body) {
  const file = path.join(folder, 'bin', name);
  writeFileSync(file, `#!/usr/bin/env bash\nset -euo pipefail\n${body}\n`);
  chmodSync(file, 0o755);
}
function have(installed, candidate, { daysOld = 0 } = {}) {
  writeFileSync(path.join(folder, 'installed'), installed);
  writeFileSync(path.join(folder, 'candidate'), candidate);
  const rules = path.join(folder, 'tzdata.zi');
  writeFileSync(rules, `# version ${installed}\n`);
  const made = Date.now() / 1000 - daysOld * DAY_S;
  utimesSync(rules, made, made);
}
// What apt-get was asked for, and what was said.
async function install() {
  rmSync(path.join(folder, 'asked'), { force: true });
  const env = {
    HERE: folder,
    PATH: `${path.join(folder, 'bin')}:${process.env.PATH}`,
    KALENDS_ZONE_RULES: path.join(folder, 'tzdata.zi'),
  };
  const done = await run(path.join(folder, 'tools/install'), [], { env, cwd: folder });
  assert.equal(done.code, 0, done.stderr);
  const asked = path.join(folder, 'asked');
  return { ...done, asked: existsSync(asked) ? readFileSync(asked, 'utf8').trim().split('\n') : [] };
}
const installed = () => readFileSync(path.join(folder, 'installed'), 'utf8');

test('new rules are left alone, and nothing is asked', async () => {
  have('2026f', '2026f', { daysOld: 10 });
  assert.deepEqual((await install()).asked, []);
});

test('what apt knows to be newer is installed', async () => {
  have('2025b', '2026f', { daysOld: 10 });
  const { asked } = await install();
  assert.ok(asked.some((line) => /install .*tzdata/.test(line)), asked.join('\n'));
  assert.equal(installed(), '2026f');
});

test('with old rules apt is asked for newer ones, once a week', async () => {
  have('2025b', '2025b', { daysOld: 400 });
  assert.deepEqual((await install()).asked, ['update -q']);
  assert.deepEqual((await install()).asked, []);
  const stamp = path.join(folder, 'build/.tzdata-asked');
  const then = Date.now() / 1000 - 8 * DAY_S;
  utimesSync(stamp, then, then);
  writeFileSync(path.join(folder, 'published'), '2026f');
  await install();
  assert.equal(installed(), '2026f');
});

test('without a network the old rules do, and it says so', async () => {
  have('2025b', '2025b', { daysOld: 400 });
  writeFileSync(path.join(folder, 'offline'), '');
  const { stderr } = await install();
  assert.match(stderr, /rules of time zones could not be updated/);
});
