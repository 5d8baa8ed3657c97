// TLS between our own programs and the core: it is spoken where it was asked for, never silently left out,
// and what is wrong is said with its cause.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Authority } from './certificates.mjs';
import { joined } from './customer_walk.mjs';
import { World } from './harness.mjs';
import { german as t } from './labels.mjs';
import { binary, Program, run, until } from './programs.mjs';

const tlsFlags = ({ ca, cert, key }) => [
  ...(ca ? ['--core-tls-ca-file', ca] : []),
  ...(cert ? ['--core-tls-cert-file', cert] : []),
  ...(key ? ['--core-tls-key-file', key] : []),
];

describe('TLS to the core', { concurrency: false }, () => {
  let world, ours, other, server, client, specialist;

  before(async () => {
    world = await World.core();
    specialist = await world.specialist();
    await world.createKeyFile('adapter').then((file) => (world.adapterKeyFile = file));
    await world.createKeyFile('web').then((file) => (world.webKeyFile = file));
    world.admin.close();
    ours = await Authority.in(world.folder, 'ours');
    other = await Authority.in(world.folder, 'other');
    server = await ours.issue('server');
    client = await ours.issue('client');
    await restartCore(shown(server));
    await world.startSimulator();
  });
  after(() => world.stop());

  const file = (name) => path.join(world.folder, name);
  // What the core is started with: copies, so that they can be replaced.
  function shown({ cert, key, clientCa = ours.file }) {
    copyFileSync(cert, file('core.crt'));
    copyFileSync(key, file('core.key'));
    copyFileSync(clientCa, file('clients.crt'));
    return ['--tls-cert-file', file('core.crt'), '--tls-key-file', file('core.key'), '--tls-client-ca-file', file('clients.crt')];
  }
  async function restartCore(flags) {
    if (world.kalendsd) assert.equal(await world.kalendsd.stop(), 0);
    world.coreOptions.flags = flags;
    await world.startCore();
  }
  // `kalends stats` with these files: {code, stdout, stderr}.
  const stats = (files, core = world.address) =>
    run(binary('kalends'), ['stats', '--core', core, '--admin-key-file', world.adminKeyFile, ...tlsFlags(files)]);
  async function refuses(files, sentence, core) {
    const { code, stdout, stderr } = await stats(files, core);
    assert.equal(code, 6, stdout);
    assert.match(stderr, sentence);
  }
  const good = () => ({ ca: ours.file, ...client });

  test('all three programs call a core that wants certificates, also after it was away', async () => {
    assert.equal((await stats(good())).code, 0);
    await world.startWeb({ args: tlsFlags(good()) });
    await world.startAdapter({ args: tlsFlags(good()) });
    const anna = await joined(world, specialist, t, { first_name: 'Anna' });
    const healthy = async () => (await fetch(`${world.web}/healthz`)).status === 200;
    assert.ok(await healthy());
    await restartCore(world.coreOptions.flags);
    await anna.tap(t.settings);
    await anna.see(t.settingsZone);
    await until('the web side is there again', healthy);
    assert.doesNotMatch(world.adapter.log() + world.website.log(), /certificate|without TLS/);
  });

  test('the environment says the same as the flags', async () => {
    const env = {
      KALENDS_CORE: world.address,
      KALENDS_API_KEY_FILE: world.adminKeyFile,
      KALENDS_CORE_TLS_CA_FILE: ours.file,
      KALENDS_CORE_TLS_CERT_FILE: client.cert,
      KALENDS_CORE_TLS_KEY_FILE: client.key,
    };
    assert.equal((await run(binary('kalends'), ['stats'], { env })).code, 0);
  });

  test('what does not come about is said with its cause', async () => {
    const wrong = await other.issue('stranger');
    const over = await ours.issue('over', { from: -9, to: -1 });
    await refuses({ ca: other.file, ...client }, /its certificate is not signed by a CA of --core-tls-ca-file/);
    await refuses({ ca: ours.file }, /it wants a certificate of ours: give --core-tls-cert-file/);
    await refuses({ ca: ours.file, ...wrong }, /it refuses our certificate, .* signed by a CA/);
    await refuses({ ca: ours.file, ...over }, /it refuses our certificate, .* which ended on 20\d\d-/);
    await refuses({}, /it speaks TLS: give --core-tls-ca-file/);
    const port = world.address.split(':')[1];
    await refuses(good(), /its certificate is not for 127\.0\.0\.2/, `127.0.0.2:${port}`).catch(async () => {
      // It listens on 127.0.0.1 alone.
      await restartCore(shown(await ours.issue('elsewhere', { names: 'DNS:elsewhere' })));
      await refuses(good(), /its certificate is not for 127\.0\.0\.1/);
    });
    await restartCore(shown(await ours.issue('ended', { from: -9, to: -1 })));
    assert.match(world.kalendsd.log(), /\[error\] --tls-cert-file: the certificate ended on 20\d\d-/);
    await refuses(good(), /its certificate, or one of its chain, ended on 20\d\d-/);
    await restartCore(shown(await ours.issue('later', { from: 1, to: 9 })));
    await refuses(good(), /its certificate begins on 20\d\d-.* only: is the clock right\?/);
    await restartCore([]);
    await refuses(good(), /it does not speak TLS at that address/);
    await restartCore(shown(server));
  });

  test('the adapter and the web side log it once, and go on as soon as it is mended', async () => {
    await world.adapter.stop();
    await world.website.stop();
    writeFileSync(world.adapter.logFile, '');
    writeFileSync(world.website.logFile, '');
    await restartCore(shown(await ours.issue('ended-too', { from: -9, to: -1 })));
    await world.startAdapter({ args: tlsFlags(good()) });
    await world.startWeb({ args: tlsFlags(good()) });
    for (const program of [world.adapter, world.website]) {
      await until('it is said', () => /\[error\] the core at \S+ cannot be reached: its certificate/.test(program.log()), 30_000);
      assert.equal([...program.log().matchAll(/cannot be reached: its certificate/g)].length, 1);
    }
    await restartCore(shown(server));
    await until('the adapter polls', () => / polls$/m.test(world.adapter.log()));
    await until('the pages are there', async () => (await fetch(`${world.web}/healthz`)).status === 200);
  });

  // Who it is that the core shows: the fingerprint of its certificate.
  async function shownNow() {
    const ask = `echo | openssl s_client -connect ${world.address} -cert ${client.cert} -key ${client.key} -alpn h2 2>/dev/null | openssl x509 -noout -fingerprint`;
    return (await run('bash', ['-c', ask])).stdout;
  }
  const fingerprint = async ({ cert }) => (await run('openssl', ['x509', '-noout', '-fingerprint', '-in', cert])).stdout;

  test('changed files are shown without a restart, once they fit together', async () => {
    const next = await ours.issue('next');
    const before = await shownNow();
    assert.equal(before, await fingerprint(server));
    copyFileSync(next.cert, file('core.crt'));
    await until('it is said', () => /those of before are shown further: .*is not the key of the certificate/.test(world.kalendsd.log()));
    assert.equal(await shownNow(), before, 'those of before go on');
    copyFileSync(next.key, file('core.key'));
    await until('it is said', () => /the files of TLS changed: callers are shown the certificate/.test(world.kalendsd.log()));
    const wanted = await fingerprint(next);
    await until('the next one is shown', async () => (await shownNow()) === wanted);
    assert.equal((await stats(good())).code, 0);
    assert.equal(await world.adapter.stop(), 0);
    world.adapter = undefined;
  });

  test('callers get through while certificates change, and CAs of callers change with them', async () => {
    let asking = true;
    let answered = 0;
    const callers = Array.from({ length: 4 }, async () => {
      while (asking) {
        const { code, stderr } = await stats(good());
        assert.equal(code, 0, stderr);
        ++answered;
      }
    });
    for (let i = 0; i < 4; ++i) {
      const next = await ours.issue(`turn-${i}`);
      const wanted = await fingerprint(next);
      copyFileSync(next.key, file('core.key'));
      copyFileSync(next.cert, file('core.crt'));
      await until(`turn ${i} is shown`, async () => (await shownNow()) === wanted);
    }
    asking = false;
    await Promise.all(callers);
    assert.ok(answered > 4);
    copyFileSync(other.file, file('clients.crt'));
    const strange = await other.issue('strange');
    await until('another CA’s callers are let in', async () => (await stats({ ca: ours.file, ...strange })).code === 0);
    assert.equal((await stats(good())).code, 6, 'ours are none of that CA');
    await restartCore(shown(server));
    assert.equal(await world.kalendsd.stop(), 0);
    assert.ok(!existsSync(path.join(world.dataDir, 'tls')), 'no copy of the key is left');
    await world.startCore();
  });

  test('nothing starts in the clear where TLS was asked for', async () => {
    writeFileSync(file('empty'), '');
    writeFileSync(file('nonsense'), 'nonsense\n');
    mkdirSync(file('folder'), { recursive: true });
    const locked = file('locked.key');
    const lock = ['pkcs8', '-topk8', '-passout', 'pass:secret', '-in', client.key, '-out', locked];
    assert.equal((await run('openssl', lock)).code, 0);
    const slips = [
      [['--core-tls-cert-file', client.cert, '--core-tls-key-file', client.key], /--core-tls-cert-file .*takes --core-tls-ca-file/],
      [tlsFlags({ ca: ours.file, cert: client.cert }), /--core-tls-cert-file and --core-tls-key-file go together/],
      [tlsFlags({ ca: ours.file, key: client.key }), /go together/],
      [tlsFlags({ ca: file('empty') }), /--core-tls-ca-file: .*\/empty is empty/],
      [tlsFlags({ ca: file('none') }), /--core-tls-ca-file: .*\/none cannot be read: No such file/],
      [tlsFlags({ ca: file('folder') }), /--core-tls-ca-file: .*\/folder cannot be read: Is a directory/],
      [tlsFlags({ ca: file('nonsense') }), /--core-tls-ca-file: .*\/nonsense has no certificate in PEM/],
      [tlsFlags({ ca: ours.file, cert: file('nonsense'), key: client.key }), /--core-tls-cert-file: .* is no certificate/],
      [tlsFlags({ ca: ours.file, cert: client.cert, key: file('empty') }), /--core-tls-key-file: .* is empty/],
      [tlsFlags({ ca: ours.file, cert: client.cert, key: file('nonsense') }), /--core-tls-key-file: .* is no private key/],
      [tlsFlags({ ca: ours.file, cert: client.cert, key: locked }), /--core-tls-key-file: .* has a password/],
      [tlsFlags({ ca: ours.file, cert: client.cert, key: server.key }), /--core-tls-key-file: .* is not the key of the certificate/],
      [['--core-tls-ca-file', ''], /names no file/],
    ];
    const programs = [
      ['kalends', ['stats', '--admin-key-file', world.adminKeyFile]],
      ['kalends-web', ['--listen', '127.0.0.1:0', '--api-key-file', world.webKeyFile]],
      ['kalends-telegram', ['--api-key-file', world.adapterKeyFile]],
    ];
    const env = { TELEGRAM_BOT_TOKEN: 'unused', KALENDS_CORE: world.address };
    for (const [name, args] of programs) {
      for (const [flags, sentence] of slips) {
        const ended = await run(binary(name), [...args, ...flags], { env });
        assert.notEqual(ended.code, 0, `${name} ${flags.join(' ')}`);
        assert.match(ended.stderr + ended.stdout, sentence, `${name} ${flags.join(' ')}`);
      }
    }
  });

  test('kalendsd names what of its files is wrong, and begins nothing', async () => {
    const pair = (cert, key) => ['--tls-cert-file', cert, '--tls-key-file', key];
    const slips = [
      [pair(file('nonsense'), server.key), /--tls-cert-file: .* has no certificate in PEM/],
      [pair(server.cert, file('nonsense')), /--tls-key-file: .* has no private key in PEM/],
      [pair(server.cert, client.key), /--tls-key-file: .* is not the key of the certificate in /],
      [pair(server.cert, file('none')), /--tls-key-file: .*none cannot be read: No such file/],
      [[...pair(server.cert, server.key), '--tls-client-ca-file', file('nonsense')], /--tls-client-ca-file: .* has no certificate/],
      [['--tls-cert-file', '', '--tls-key-file', ''], /names no file/],
      [['--listen', '127.0.0.1:99999'], /cannot listen on 127\.0\.0\.1:99999: a port is a number/],
      [['--listen', '192.0.2.1:50051'], /cannot listen on 192\.0\.2\.1:50051: Cannot assign requested address/],
      [['--listen', 'nonsense'], /--listen must be address:port/],
    ];
    for (const [flags, sentence] of slips) {
      const args = ['--data-dir', file('slip'), ...flags];
      const listen = flags.includes('--listen') ? [] : ['--listen', '127.0.0.1:0'];
      const ended = await run(binary('kalendsd'), [...args, ...listen]);
      assert.notEqual(ended.code, 0, flags.join(' '));
      assert.match(ended.stderr, sentence, flags.join(' '));
      assert.doesNotMatch(ended.stderr + ended.stdout, /another server/, flags.join(' '));
      assert.throws(() => readFileSync(path.join(file('slip'), 'admin.key')), flags.join(' '));
    }
  });

  test('who speaks in the clear to or from other machines is warned', async () => {
    const portFile = file('open.port');
    const args = ['--listen', '0.0.0.0:0', '--data-dir', file('open'), '--port-file', portFile];
    const open = new Program('kalendsd', args, { folder: file('folder') });
    const port = await open.port(portFile);
    assert.match(open.log(), /\[warning\] callers from other machines are served .* without TLS: API keys .* can be read/);
    // By the name of this machine, which may be an address of any network.
    const key = ['--admin-key-file', path.join(file('open'), 'admin.key')];
    const near = await run(binary('kalends'), ['stats', ...key, '--core', `localhost:${port}`]);
    assert.equal(near.code, 0, near.stderr);
    assert.equal(near.stderr, '');
    const far = await run(binary('kalends'), ['stats', ...key, '--core', `0.0.0.0:${port}`]);
    assert.match(far.stderr, /the core at 0\.0\.0\.0:\d+ is called without TLS: the API key .* can be read on the way/);
    assert.equal(await open.stop(), 0);
  });
});

test('every program tells its version', async () => {
  for (const name of ['kalendsd', 'kalends', 'kalends-telegram', 'kalends-web', 'kalends-telegram-sim']) {
    const { code, stdout } = await run(binary(name), ['--version']);
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+( \\(commit [0-9a-f]{7,40}\\))?\n$`));
  }
});

test('a port beyond all ports is none of those that it wraps to', async () => {
  for (const [name, flag] of [['kalendsd', '--listen'], ['kalends-web', '--listen'], ['kalends-telegram', '--webhook-listen']]) {
    const { code, stdout, stderr } = await run(binary(name), [flag, '127.0.0.1:99999', '--api-key-file', '/proc/self/comm'].slice(0, name === 'kalendsd' ? 2 : 4));
    assert.notEqual(code, 0, name);
    assert.match(stdout + stderr, /port/, name);
  }
});

test('a key file that cannot be read is told so, and why', async () => {
  const env = { TELEGRAM_BOT_TOKEN: 'unused' };
  const sentences = [
    ['/proc/none', /cannot be read: No such file or directory/],
    ['/proc', /cannot be read: Is a directory/],
    ['/dev/null', /is empty/],
  ];
  const programs = [
    ['kalends', '--admin-key-file', ['stats']],
    ['kalends-web', '--api-key-file', []],
    ['kalends-telegram', '--api-key-file', []],
    ['kalends-telegram', '--telegram-token-file', ['--api-key-file', '/proc/self/comm']],
  ];
  for (const [name, flag, args] of programs) {
    for (const [at, sentence] of sentences) {
      const { code, stdout, stderr } = await run(binary(name), [...args, flag, at], { env });
      assert.equal(code, name === 'kalends' ? 2 : 1);
      assert.match(stderr + stdout, new RegExp(`${flag}: ${at} `), name);
      assert.match(stderr + stdout, sentence, name);
    }
  }
  for (const [name, scope] of [['kalends-web', 'web'], ['kalends-telegram', 'adapter']]) {
    const { code, stdout, stderr } = await run(binary(name), ['--core', '127.0.0.1:7'], { env });
    assert.equal(code, 1);
    // A command that can be run as it is printed, but for the names in capitals.
    const command = `kalends key create --scope ${scope} --label NAME --out FILE --core 127.0.0.1:7 --admin-key-file DATA-DIR/admin.key`;
    assert.ok((stderr + stdout).includes(`no API key: set --api-key-file or KALENDS_API_KEY_FILE; \`${command}\` makes one`));
  }
});
