// The command line as support and scripts use it: what it prints, in which form, and what it ends with.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { World } from './harness.mjs';
import { binary, run } from './programs.mjs';

const EVIL = 'Anna\u001b[31m\u202e\u0007 B.';
const OK = 0;
const USAGE = 2;
const NOT_FOUND = 3;
const FORBIDDEN = 4;
const REFUSED = 5;
const UNAVAILABLE = 6;

let world;
let specialist;
let anna;
let appointment;
let reader; // A file with a key that reads.

before(async () => {
  world = await World.core();
  specialist = await world.specialist();
  anna = await world.customer('telegram:2001', specialist.code, { name: EVIL });
  const [start] = await world.slots(specialist.name, { account: anna.name });
  appointment = await world.request(specialist.name, anna.name, start);
  reader = await world.createKeyFile('tool:read');
});
after(() => world.stop());

const text = async (...args) => {
  const { code, stdout, stderr } = await world.kalends(...args);
  assert.equal(code, OK, stderr);
  return stdout;
};
const lines = async (...args) => (await text(...args)).split('\n').filter((line) => line);
const objects = async (...args) => (await lines(...args, '--json')).map((line) => JSON.parse(line));
const ask = (words, options = {}) =>
  world.admin.change('SupportService', 'AskSupport', { message: { text: words }, ...options }, { account: anna.name });

test('an account is shown by its name and by an identity, to who may only read', async () => {
  for (const who of [anna.name, 'telegram:2001']) {
    const [account] = await objects('account', 'show', who, '--admin-key-file', reader);
    assert.equal(account.name, anna.name);
    assert.deepEqual(account.identities, ['telegram:2001']);
    assert.equal(account.languageCode, 'de');
    assert.match(await text('account', 'show', who), new RegExp(`^account +${anna.name}$`, 'm'));
  }
});

test('what people call themselves cannot speak to the terminal', async () => {
  for (const command of [
    ['account', 'show', anna.name],
    ['account', 'list', specialist.name],
    ['appointment', 'show', appointment.name],
    ['appointment', 'list', anna.name],
  ]) {
    const shown = await text(...command);
    assert.match(shown, /Anna/);
    assert.doesNotMatch(shown, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/, command.join(' '));
    assert.doesNotMatch(await text(...command, '--json'), /[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/);
  }
});

test('customers of a provider and providers of a customer are listed', async () => {
  const [link] = await objects('account', 'list', 'telegram:1001', '--admin-key-file', reader);
  assert.equal(link.customer, anna.name);
  const [provider] = await objects('provider', 'list', 'telegram:2001', '--admin-key-file', reader);
  assert.equal(provider.name, specialist.name);
  const [shown] = await objects('provider', 'show', 'telegram:1001');
  assert.equal(shown.name, specialist.name);
  assert.match(await text('provider', 'show', specialist.name), /^kind +specialist$/m);
});

test('appointments are shown in the zone that is asked for', async () => {
  const start = appointment.start_time.seconds;
  const utc = new Date(start * 1000).toISOString().replace('.000Z', 'Z');
  const [heading, row] = await lines('appointment', 'list', anna.name);
  assert.match(heading, /^START +STATUS +PROVIDER +CUSTOMER +SERVICE +APPOINTMENT$/);
  assert.ok(row.startsWith(`${utc}  pending  Marie`), row);
  assert.equal(heading.indexOf('STATUS'), row.indexOf('pending'));
  const kathmandu = (await lines('appointment', 'list', anna.name, '--time-zone', 'Asia/Kathmandu'))[1];
  assert.ok(kathmandu.startsWith(new Date((start + 20700) * 1000).toISOString().replace('.000Z', '+05:45')), kathmandu);
  const shown = await text('appointment', 'show', appointment.name, '--time-zone', 'Asia/Kathmandu');
  assert.match(shown, /^start +\S+\+05:45$/m);
  assert.match(shown, /^history +\S+\+05:45 +pending by customer$/m);
});

test('appointments are filtered by what they are and when they start', async () => {
  const names = async (...args) => (await objects('appointment', 'list', ...args)).map(({ name }) => name);
  const start = new Date(appointment.start_time.seconds * 1000).toISOString();
  const later = new Date(appointment.start_time.seconds * 1000 + 1000).toISOString();
  assert.deepEqual(await names(specialist.name, '--filter', 'pending'), [appointment.name]);
  assert.deepEqual(await names('telegram:1001', '--as-provider', '--customer', anna.name), [appointment.name]);
  assert.deepEqual(await names(anna.name, '--filter', 'past'), []);
  assert.deepEqual(await names(anna.name, '--from', start), [appointment.name]);
  assert.deepEqual(await names(anna.name, '--from', later), []);
  assert.deepEqual(await names(anna.name, '--until', start), []);
  assert.deepEqual(await lines('appointment', 'list', anna.name, '--filter', 'past'), []);
});

test('a ticket is listed, shown, answered and closed', async () => {
  const { ticket } = await ask('Hallo\nböse\u202eFrage');
  const [listed] = await objects('ticket', 'list', '--admin-key-file', reader);
  assert.equal(listed.name, ticket.name);
  assert.equal(listed.awaitsAnswer, true);
  assert.match((await lines('ticket', 'list'))[1], new RegExp(`^${ticket.name} +awaits answer `));

  const [answer] = await objects('ticket', 'answer', ticket.name, 'Gern.', '--by', 'Bea', '--request-id', 'once');
  const [again] = await objects('ticket', 'answer', ticket.name, 'Gern.', '--by', 'Bea', '--request-id', 'once');
  assert.equal(again.name, answer.name);
  const shown = await text('ticket', 'show', ticket.name);
  assert.match(shown, /\n {2}Hallo\n {2}böseFrage\n[^]*the team, Bea\n {2}Gern\.\n$/);
  const [head, ...messages] = await objects('ticket', 'show', ticket.name);
  assert.equal(head.name, ticket.name);
  assert.deepEqual(messages.map(({ author }) => author), ['AUTHOR_CUSTOMER', 'AUTHOR_TEAM']);
  assert.match((await lines('ticket', 'list'))[1], new RegExp(`^${ticket.name} +open `));

  assert.equal(await text('ticket', 'close', ticket.name), `${ticket.name} is closed.\n`);
  assert.equal((await objects('ticket', 'close', ticket.name))[0].state, 'STATE_CLOSED');
  const refused = await world.kalends('ticket', 'answer', ticket.name, 'Noch etwas');
  assert.equal(refused.code, REFUSED);
  assert.match(refused.stderr, /\(TICKET_CLOSED\)/);
  assert.deepEqual((await objects('ticket', 'list', '--closed')).map(({ name }) => name), [ticket.name]);
  assert.deepEqual((await objects('ticket', 'list', '--account', 'telegram:2001')).map(({ name }) => name), [ticket.name]);
});

test('an answer is taken from standard input', async () => {
  const { ticket } = await ask('Noch da?', { new_ticket: true });
  const env = { ...process.env, KALENDS_CORE: world.address, KALENDS_API_KEY_FILE: world.adminKeyFile };
  const child = spawn(binary('kalends'), ['ticket', 'answer', ticket.name, '-'], { env, stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end('Ja.\nImmer.\n');
  assert.equal(await new Promise((resolve) => child.once('close', resolve)), OK);
  assert.match(await text('ticket', 'show', ticket.name), /the team\n {2}Ja\.\n {2}Immer\.\n$/);
});

test('a limit counts over pages', async () => {
  const all = await objects('audit');
  for (const limit of [1, 3]) assert.deepEqual(await objects('audit', '--limit', limit), all.slice(0, limit));
  assert.equal((await objects('key', 'list', '--limit', '1')).length, 1);
});

test('each kind of failure has an exit code of its own', async () => {
  const id = anna.name.split('/')[1];
  const none = `accounts/${appointment.name.split('/').at(-1)}`;
  const cases = [
    [USAGE, ['nonsense']],
    [USAGE, ['account', 'show']],
    [USAGE, ['audit', '--limit', '-1']],
    [USAGE, ['appointment', 'list', anna.name, '--from', 'tomorrow']],
    [USAGE, ['audit', '--time-zone', 'Nowhere/Land']],
    [USAGE, ['account', 'show', 'nonsense']],
    [NOT_FOUND, ['account', 'show', none]],
    [NOT_FOUND, ['account', 'show', 'telegram:999999']],
    [NOT_FOUND, ['ticket', 'show', `tickets/${id}`]],
    [FORBIDDEN, ['audit', '--admin-key-file', reader]],
    [FORBIDDEN, ['ticket', 'close', `tickets/${id}`, '--admin-key-file', reader]],
    [UNAVAILABLE, ['stats', '--core', '127.0.0.1:1']],
  ];
  for (const [expected, args] of cases) {
    const { code, stdout, stderr } = await world.kalends(...args);
    assert.equal(code, expected, `${args.join(' ')}: ${stderr}`);
    assert.equal(stdout, '');
    assert.notEqual(stderr, '');
  }
});

test('each command and each group tells what it is, and the codes it ends with', async () => {
  for (const args of [[], ['key'], ['ticket', 'list'], ['appointment', 'list'], ['doctor'], ['migrate']]) {
    const help = await text(...args, '--help');
    assert.match(help, new RegExp(`^Usage: kalends ${args.join(' ')}`, 'm'));
    assert.match(help, /^ {2}6 {2}the core cannot be reached/m);
  }
});

test('who stops reading hears no complaint', async () => {
  const command = `"${binary('kalends')}" completion bash | head -c 1; echo " \${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await run('bash', ['-c', command]);
  assert.equal(stderr, '');
  assert.match(stdout, /^_ (0|141)\n$/);
});

test('output that cannot be written is a failure', async () => {
  const { code, stderr } = await run('bash', ['-c', `"${binary('kalends')}" completion bash > /dev/full`]);
  assert.equal(code, 1);
  assert.match(stderr, /cannot be written/);
});

// What bash offers after these words, the last of which is being typed.
async function offers(...words) {
  const script = `
    source <("${binary('kalends')}" completion bash) || exit
    COMP_WORDS=(kalends "$@"); COMP_CWORD=$#
    _kalends
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { code, stdout, stderr } = await run('bash', ['-c', script, 'bash', ...words]);
  assert.equal(code, OK, stderr);
  return stdout.split('\n').filter((line) => line);
}

test('bash completes groups, commands, flags and what these take', async () => {
  assert.deepEqual(await offers('acc'), ['account']);
  assert.deepEqual((await offers('ticket', '')).filter((word) => !word.startsWith('-')), ['list', 'show', 'answer', 'close']);
  assert.deepEqual(await offers('ticket', 'list', '--cl'), ['--closed']);
  assert.ok((await offers('ticket', 'list', '--')).includes('--core'));
  assert.deepEqual(await offers('--core', 'audit', 'key', 're'), ['revoke']);
  assert.deepEqual(await offers('appointment', 'list', '--filter', 'p'), ['past', 'pending']);
  assert.deepEqual(await offers('completion', 'z'), ['zsh']);
  assert.deepEqual(await offers('key', 'create', '--out', ''), []); // Files, which bash adds.
});

test('every command that --help names is completed', async () => {
  const named = (help) => [...help.split('Subcommands:\n')[1].split('\n\n')[0].matchAll(/^ {2}(\S+)/gm)].map(([, name]) => name);
  const groups = named(await text('--help'));
  assert.ok(groups.length > 10);
  assert.deepEqual((await offers('')).filter((word) => !word.startsWith('-')), groups);
});

// How these shells are asked what they offer after `kalends appointment list --filter p`.
const ASKED = {
  zsh: [
    ...['-f', '-c'],
    'compdef() {}; compadd() { shift; print -l -- ${(M)@:#p*} }; source "$1"; ' +
      'words=(kalends appointment list --filter p); CURRENT=5; _kalends',
    'zsh',
  ],
  fish: ['--no-config', '-c', 'source $argv[1]; complete -C "kalends appointment list --filter p"'],
};

test('zsh and fish complete the same, where they are installed', async (t) => {
  for (const [shell, args] of Object.entries(ASKED)) {
    await t.test(shell, async (t) => {
      const script = await text('completion', shell);
      assert.match(script, /ticket list/);
      if ((await run('bash', ['-c', `command -v ${shell}`])).code !== 0) return t.skip('not installed');
      const folder = mkdtempSync(path.join(tmpdir(), 'kalends-'));
      writeFileSync(path.join(folder, 'script'), script);
      const { stdout, stderr } = await run(shell, [...args, path.join(folder, 'script')]);
      rmSync(folder, { recursive: true });
      assert.deepEqual(stdout.split('\n').filter((line) => line), ['past', 'pending'], stderr);
    });
  }
});
