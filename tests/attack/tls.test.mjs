// What kalendsd speaks where it speaks TLS: nothing that is known to be broken.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import tls from 'node:tls';
import { World } from '../e2e/harness.mjs';
import { binary, Program, run } from '../e2e/programs.mjs';

let world, kalendsd, port;
before(async () => {
  world = await World.core();
  const file = (name) => path.join(world.folder, name);
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const made = await run('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject],
    ...['-keyout', file('tls.key'), '-out', file('tls.crt')],
  ]);
  assert.equal(made.code, 0, made.stderr);
  const args = ['--listen', '127.0.0.1:0', '--data-dir', file('tls'), '--port-file', file('tls.port')];
  const certified = ['--tls-cert-file', file('tls.crt'), '--tls-key-file', file('tls.key')];
  kalendsd = new Program('kalendsd', [...args, ...certified], { folder: world.folder });
  port = await kalendsd.port(file('tls.port'));
});
after(async () => {
  assert.equal(await kalendsd.stop(), 0);
  await world.stop();
});

// {protocol, cipher} of a handshake with these options; null: the core does not take them.
async function handshake(options) {
  const wanted = { port, host: '127.0.0.1', rejectUnauthorized: false, ALPNProtocols: ['h2'], ...options };
  const socket = tls.connect(wanted);
  try {
    await once(socket, 'secureConnect');
    return { protocol: socket.getProtocol(), cipher: socket.getCipher().name };
  } catch {
    return null;
  } finally {
    socket.destroy();
  }
}

test('TLS is spoken from 1.2 on', async () => {
  assert.equal((await handshake({ maxVersion: 'TLSv1.3' })).protocol, 'TLSv1.3');
  assert.equal((await handshake({ maxVersion: 'TLSv1.2' })).protocol, 'TLSv1.2');
  // So that it is the core that refuses, and not we.
  const ciphers = 'ALL@SECLEVEL=0';
  for (const version of ['TLSv1.1', 'TLSv1']) {
    assert.equal(await handshake({ minVersion: version, maxVersion: version, ciphers }), null, version);
  }
});

test('with keys of the moment, and ciphers that are whole', async () => {
  for (const cipher of ['AES128-GCM-SHA256', 'AES256-SHA', 'ECDHE-RSA-AES128-SHA', 'NULL-SHA']) {
    assert.equal(await handshake({ maxVersion: 'TLSv1.2', ciphers: `${cipher}@SECLEVEL=0` }), null, cipher);
  }
  assert.match((await handshake({ maxVersion: 'TLSv1.2' })).cipher, /^ECDHE-.*(GCM|POLY1305)/);
});

test('nothing starts in the clear where TLS was asked for', async () => {
  const file = (name) => path.join(world.folder, name);
  writeFileSync(file('empty'), '');
  const pair = ['--tls-cert-file', file('tls.crt'), '--tls-key-file', file('tls.key')];
  const slips = [
    [['--tls-client-ca-file', file('tls.crt')], /--tls-client-ca-file .*takes TLS/],
    [['--tls-cert-file', file('empty'), '--tls-key-file', file('empty')], /--tls-cert-file: .* is empty/],
    [['--tls-cert-file', file('tls.crt'), '--tls-key-file', file('empty')], /--tls-key-file: .* is empty/],
    [[...pair, '--tls-client-ca-file', file('empty')], /--tls-client-ca-file: .* is empty/],
    [['--tls-cert-file', file('tls.crt')], /go together/],
  ];
  for (const [flags, sentence] of slips) {
    const ended = await run(binary('kalendsd'), ['--listen', '127.0.0.1:0', '--data-dir', file('slip'), ...flags]);
    assert.notEqual(ended.code, 0, flags.join(' '));
    assert.match(ended.stderr + ended.stdout, sentence, flags.join(' '));
  }
});
