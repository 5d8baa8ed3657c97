// The units of systemd: what they allow stays little, what they set is what the programs know, and kalendsd says to
// systemd when it serves and that it goes on.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { binary, buildDir, repository, run } from './programs.mjs';

const EXPOSURE_MAX = 13; // Of 100, as systemd-analyze counts; it prints a tenth of that.
const units = path.join(buildDir, 'tools/systemd/units');
const services = readdirSync(units).filter((name) => name.endsWith('.service'));
const sources = path.join(repository, 'tools/systemd');

test('there is a unit for each program that goes on running, and for the backup', () => {
  for (const name of ['kalendsd', 'kalends-telegram', 'kalends-web', 'kalends-backup']) assert.ok(services.includes(`${name}.service`), name);
});

for (const service of services) {
  test(`${service} is exposed to less than ${EXPOSURE_MAX / 10} of 10`, async () => {
    const args = ['security', '--offline=yes', '--no-pager', `--threshold=${EXPOSURE_MAX}`, path.join(units, service)];
    const { code, stdout, stderr } = await run('systemd-analyze', args);
    const score = /Overall exposure level for \S+ ([\d.]+)/.exec(stdout);
    assert.ok(score, stdout + stderr);
    console.log(`${service}: ${score[1]} of 10`);
    assert.equal(code, 0, stdout);
  });

  test(`${service} holds nothing that is left of its making`, () => {
    const text = readFileSync(path.join(units, service), 'utf8');
    assert.doesNotMatch(text, /@\w+@/);
    assert.match(text, /^NoNewPrivileges=yes$/m);
    assert.match(text, /^SystemCallFilter=@system-service$/m);
  });
}

// A setting that is spelled otherwise than the program has it does nothing, and says nothing.
for (const [settings, program, unit] of [
  ['kalendsd.env', 'kalendsd', 'kalendsd.service'],
  ['telegram.env', 'kalends-telegram', 'kalends-telegram.service'],
  ['web.env', 'kalends-web', 'kalends-web.service'],
]) {
  test(`what ${settings} and ${unit} set, ${program} knows`, async () => {
    const { stdout } = await run(binary(program), ['--help']);
    const known = new Set([...stdout.matchAll(/\(Env:(\w+)\)/g)].map(([, name]) => name));
    const named = [...readFileSync(path.join(sources, 'env', settings), 'utf8').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);
    const environment = readFileSync(path.join(units, unit), 'utf8').match(/^Environment=.*$/gm).join(' ');
    named.push(...[...environment.matchAll(/[= ]([A-Z_]+)=/g)].map(([, name]) => name));
    assert.ok(named.length > 1);
    for (const name of named) assert.ok(known.has(name), `${name} is none of ${[...known].join(' ')}`);
  });
}

// Node has no datagram sockets of this kind.
const LISTENER = `
import os, signal, socket, subprocess, sys
path, program = sys.argv[1], sys.argv[2:]
heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
heard.bind(path)
heard.settimeout(60)
child = subprocess.Popen(program, env={**os.environ, "NOTIFY_SOCKET": path}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    for _ in range(3):
        print(heard.recv(4096).decode().strip(), flush=True)
finally:
    child.send_signal(signal.SIGTERM)
    print(child.wait(60))
`;

test('kalendsd says once that it serves, and from then on that it goes on', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kalends-units-'));
  try {
    const { stdout, stderr } = await run('python3', [
      '-c', LISTENER, path.join(folder, 'notify'),
      binary('kalendsd'), '--listen', '127.0.0.1:0', '--data-dir', path.join(folder, 'data'),
    ]);
    assert.deepEqual(stdout.trim().split('\n'), ['READY=1', 'WATCHDOG=1', 'WATCHDOG=1', '0'], stderr);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
