// What others run Kalends with: nginx takes the example, a staged install works where it was moved, and the container
// is made by the same commands as everything else.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { buildDir, repository, run } from './programs.mjs';

let folder;
before(() => (folder = mkdtempSync(path.join(tmpdir(), 'kalends-deployment-'))));
after(() => rmSync(folder, { recursive: true }));

// Installing it starts a server on whatever machine this is, which is not a test's to do.
const noNginx = ['/usr/sbin/nginx', '/usr/bin/nginx'].some((file) => existsSync(file)) ? false : 'nginx is not installed here';
test('nginx takes the example', { skip: noNginx }, async () => {
  const at = (name) => path.join(folder, 'nginx', name);
  mkdirSync(at('logs'), { recursive: true });
  const made = await run('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=kalends.example',
    '-keyout', at('privkey.pem'), '-out', at('fullchain.pem'),
  ]);
  assert.equal(made.code, 0, made.stderr);
  const proxy = path.join(repository, 'tools/proxy');
  const moved = readFileSync(path.join(proxy, 'nginx.conf'), 'utf8')
    .replaceAll('/etc/letsencrypt/live/kalends.example/', `${at('')}/`)
    .replaceAll('/etc/nginx/', `${at('')}/`);
  cpSync(path.join(proxy, 'kalends-web.inc'), at('kalends-web.inc'));
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${at(name)};`).join('\n');
  writeFileSync(at('whole.conf'), `pid ${at('pid')};\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n${places}\n${moved}\n}\n`);
  const { code, stderr } = await run('nginx', ['-t', '-e', 'stderr', '-p', at(''), '-c', at('whole.conf')]);
  assert.equal(code, 0, stderr);
  assert.doesNotMatch(stderr, /\[warn\](?!.*"user" directive)/, stderr);
});

test('a staged install has what runs, and finds its texts where it was moved', async () => {
  const staged = path.join(folder, 'staged');
  const installed = await run('cmake', ['--install', buildDir, '--prefix', '/usr'], { env: { DESTDIR: staged } });
  assert.equal(installed.code, 0, installed.stderr);
  const moved = path.join(folder, 'moved');
  cpSync(path.join(staged, 'usr'), moved, { recursive: true });
  for (const program of ['kalendsd', 'kalends-picture', 'kalends-telegram', 'kalends-web', 'kalends']) {
    assert.ok(existsSync(path.join(moved, 'bin', program)), program);
  }
  for (const program of ['kalends-telegram', 'kalends-web']) {
    const { stdout } = await run(path.join(moved, 'bin', program), ['--help']);
    assert.ok(stdout.includes(`=${moved}/share/kalends/locale `), stdout);
    for (const language of ['de', 'en', 'es', 'fr', 'ru', 'uk']) {
      assert.ok(existsSync(path.join(moved, 'share/kalends/locale', language, 'LC_MESSAGES', `${program}.mo`)), language);
    }
  }
  for (const file of ['lib/systemd/system/kalendsd.service', 'lib/sysusers.d/kalends.conf', 'share/kalends/proto/kalends/v1/types.proto']) {
    assert.ok(existsSync(path.join(moved, file)), file);
  }
});

test('the container is made by tools/package, names no library, and runs as nobody special', () => {
  const text = readFileSync(path.join(repository, 'Containerfile'), 'utf8').replace(/^#.*$/gm, '');
  assert.match(text, /^RUN tools\/package\b/m);
  assert.doesNotMatch(text, /-dev\b|\bcmake\b|\bninja\b/);
  // Of each package that is installed by name; what it is built and run with the package says itself.
  const [, named] = /apt-get install ((?:[^&]|\\\n)*)&&/.exec(text);
  assert.deepEqual(named.split(/\s+/).filter((word) => word && !/^[-\\]/.test(word)), ['/tmp/kalends.deb', 'age']);
  const last = text.slice(text.lastIndexOf('FROM '));
  assert.match(last, /^USER kalends$/m);
  assert.match(last, /^HEALTHCHECK /m);
});
