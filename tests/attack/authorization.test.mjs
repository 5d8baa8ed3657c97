// Who may call what, over a real socket: every method of the contract with every kind of key and for
// every kind of account; and for a stranger, what is another's is as if it were not there.
// KALENDS_ATTACK_AT_LENGTH=1: with every key that may, for more strangers, and more malformed names.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { allMethods, code, explain, newId } from '../e2e/core.mjs';
import { ghostly, SECRET, Town, upload } from './authorization_world.mjs';

const AT_LENGTH = process.env.KALENDS_ATTACK_AT_LENGTH === '1';
const AT_ONCE = 32;
const methods = allMethods();
const ofAdmission = ['MISSING_KEY', 'UNKNOWN_KEY', 'SCOPE_MISSING', 'ACCOUNT_MISSING', 'ACCOUNT_NOT_ALLOWED'];
// These ask for nothing by its name: for everybody, or for whoever has the code, or of oneself.
const NAMELESS = ['ListUtcOffsets', 'SearchTimeZones', 'RegisterProvider', 'RedeemInvitation', 'GetPublicProfile', 'ListPublicTimes', 'DropCard'];
const OF_ADA = ['account', 'link', 'thread', 'message', 'appointment', 'document', 'ticket', 'ticketMessage', 'feed'];

let town;
let core;
before(async () => {
  town = await Town.start();
  core = town.world.client(null);
});
after(async () => {
  core.close();
  await town.stop();
});

// An account has few places for exports and uploads, and who is refused holds one for a moment.
let streaming = Promise.resolve();
function answerOf(method, request, options) {
  if (method.method !== 'ExportAccount' && !method.requestStream) return answerNow(method, request, options);
  return (streaming = streaming.then(() => answerNow(method, request, options)));
}

// {text, error} of a call: its first answer as JSON, or the error with what it says.
function answerNow({ service, method, requestStream, responseStream }, request, options) {
  const failed = (error) => ({ error: explain(error) });
  const answered = (answer) => ({ text: JSON.stringify(answer) });
  if (requestStream) {
    return upload(core, service, method, request.header ?? {}, 'N', options).then(answered, failed);
  }
  if (!responseStream) return core.call(service, method, request, options).then(answered, failed);
  const stream = core.stream(service, method, request, options);
  return new Promise((resolve) => {
    stream.once('data', (first) => {
      stream.on('error', () => {}).cancel();
      resolve(answered(first));
    });
    stream.once('error', (error) => resolve(failed(error)));
    stream.once('end', () => resolve({ text: '' }));
  });
}

// Everything about a refusal that its caller can see.
const said = ({ error, text }) =>
  error ? [code[error.code], error.reason, error.details, JSON.stringify(error.fields ?? '')].join(' ') : `OK ${text}`;
const reasonOf = ({ error }) => (error ? (error.reason ?? `${code[error.code]} without a reason`) : 'OK');

// Calls all cells, some at a time; `check(cell, answer)` returns what is wrong, if anything is.
async function tryAll(t, cells, check) {
  const counts = new Map();
  const wrong = [];
  const left = cells[Symbol.iterator]();
  const work = async () => {
    for (const cell of left) {
      const answer = await cell.call();
      counts.set(reasonOf(answer), (counts.get(reasonOf(answer)) ?? 0) + 1);
      const complaint = check(cell, answer);
      if (complaint) wrong.push(`${cell.what}: ${complaint}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  t.diagnostic(`${cells.length} cells: ${sorted.map(([reason, count]) => `${count} ${reason}`).join(', ')}`);
  assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} of ${cells.length} cells`);
}

const allows = ({ rule }, scope) =>
  scope === 'admin' ||
  rule.scopes.includes(`SCOPE_${scope.toUpperCase().replace(':', '_')}`) ||
  (scope === 'tool:write' && rule.scopes.includes('SCOPE_TOOL_READ'));

// What is refused before the request is read; null: nothing.
function refusedFor(method, key, accounts) {
  if (key === 'none') return 'MISSING_KEY';
  if (key === 'malformed' || key === 'revoked') return 'UNKNOWN_KEY';
  if (!allows(method, key)) return 'SCOPE_MISSING';
  if (accounts.length === 0) return method.rule.account_required ? 'ACCOUNT_MISSING' : null;
  return method.rule.account_refused || key === 'web' ? 'ACCOUNT_NOT_ALLOWED' : null;
}

function accountKinds() {
  const { people, erased } = town;
  const malformed = ['accounts/', 'accounts/me', 'accounts/*', `${people.ada}/x`, people.ada.toUpperCase(), "x' OR 1=1 --"];
  const more = ['accounts', '/', ':', 'telegram:', ':2001', 'telegram:02001', 'telegram:2001:', '%00', `${people.ada},${people.eva}`];
  const unknown = [...malformed, ...(AT_LENGTH ? [...more, 'a'.repeat(4000)] : [])].map((name) => [name]);
  return {
    none: [[]],
    own: [[people.ada], ['telegram:2001']],
    other: [[people.stranger]],
    nonexistent: [[ghostly(people.ada)], ['telegram:404']],
    erased: [[erased], ['telegram:2004']],
    malformed: [...unknown, [''], [people.ada, people.eva]],
  };
}

test('every method answers every key and account as its rule in the contract says', { timeout: 600_000 }, async (t) => {
  assert.ok(methods.length > 90, 'the contract was not found');
  const { adapter, web, admin, revoked } = town.keys;
  const keys = { none: null, malformed: `${admin}x`, revoked, adapter, web, admin };
  for (const scope of ['tool:read', 'tool:write']) keys[scope] = town.keys[scope];
  const kinds = Object.entries(accountKinds()).flatMap(([kind, all]) => all.map((accounts) => ({ kind, accounts })));
  // Without a request_id, so that nothing is changed.
  const cells = methods.flatMap((method) =>
    Object.entries(keys).flatMap(([key, secret]) =>
      kinds.map(({ kind, accounts }) => ({
        method,
        kind,
        refused: refusedFor(method, key, accounts),
        what: `${method.method} with ${key} key for ${kind} (${accounts.join(' and ')})`,
        call: () => answerOf(method, method.requestStream ? { header: { request_id: '' } } : {}, { key: secret, accounts }),
      })),
    ),
  );
  await tryAll(t, cells, ({ kind, refused }, answer) => {
    const reason = reasonOf(answer);
    if (refused) return reason !== refused && `${reason} instead of ${refused}`;
    if (ofAdmission.includes(reason) || /INTERNAL|without a reason/.test(reason)) return said(answer);
    const exists = ['none', 'own', 'other'].includes(kind);
    return !exists && reason === 'OK' && 'OK for who does not exist';
  });
});

// What somebody asks for by its name, once as it is and twice as it is not: another thing of the
// same provider, and a thing of nobody.
function askedFor(method, names, options, who) {
  return names.flatMap((kind) => {
    const name = town.names[kind];
    const cut = name.lastIndexOf('/');
    const nowhere = [ghostly(name), name.slice(0, cut) + ghostly(name.slice(cut))];
    return {
      method,
      what: `${method.method} of ${kind} by ${who}`,
      call: async () => {
        const ask = (one) => answerOf(method, withId(town.requestFor(method, one)), options);
        const there = await ask(name);
        return { ...there, missing: [await ask(nowhere[0]), await ask(nowhere[1])] };
      },
    };
  });
}
const withId = (request) =>
  request.header ? { header: { request_id: newId(), ...request.header } } : { request_id: newId(), ...request };

test("what is another's answers a stranger as what does not exist", { timeout: 600_000 }, async (t) => {
  const asked = methods.filter(({ rule }) => rule.scopes.includes('SCOPE_ADAPTER') && !rule.account_refused);
  assert.deepEqual(
    asked.filter((method) => !town.requestFor(method, town.names.link)).map(({ method }) => method).sort(),
    [...NAMELESS].sort(),
    'a method without a request: add it to authorization_world.mjs',
  );
  const named = asked.filter(({ method }) => !NAMELESS.includes(method));
  const all = Object.keys(town.names);
  const strangers = { stranger: all, eva: OF_ADA, ...(AT_LENGTH ? { otto: all } : {}) };
  const keys = AT_LENGTH ? ['adapter', 'tool:read', 'tool:write', 'admin'] : ['adapter'];
  const cells = keys.flatMap((key) =>
    Object.entries(strangers).flatMap(([who, names]) =>
      named
        .filter((method) => allows(method, key))
        .flatMap((method) => askedFor(method, names, { key: town.keys[key], account: town.people[who] }, `${who} with ${key}`)),
    ),
  );
  const notFound = new Set();
  await tryAll(t, cells, ({ method }, answer) => {
    const reason = reasonOf(answer);
    if (reason === 'NOT_FOUND') notFound.add(method.method);
    if (!['NOT_FOUND', 'INVALID_FIELD'].includes(reason)) return said(answer);
    const other = answer.missing.find((one) => said(one) !== said(answer));
    return other && `${said(answer)}, but of what does not exist ${said(other)}`;
  });
  // Each was asked for something that it could have given.
  assert.deepEqual(named.filter(({ method }) => !notFound.has(method)).map(({ method }) => method), []);
});

test('nobody else reads a word of what is private in what they may ask for', { timeout: 600_000 }, async (t) => {
  const { people, keys } = town;
  const cells = ['stranger', 'otto'].flatMap((who) =>
    methods
      .filter(({ rule }) => rule.scopes.includes('SCOPE_ADAPTER') && !rule.account_refused)
      .flatMap((method) =>
        ['accounts/me', 'providers/me'].slice(0, who === 'otto' ? 2 : 1).map((name) => ({
          what: `${method.method} of ${name} by ${who}`,
          // Without a request_id: only what reads is answered.
          call: () => answerOf(method, town.requestFor(method, name) ?? {}, { key: keys.adapter, account: people[who] }),
        })),
      ),
  );
  await tryAll(t, cells, (_, answer) => said(answer).includes(SECRET) && said(answer));
});
