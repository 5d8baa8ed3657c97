// The recipes of proto/README.md, run one after the other in one shell, exactly as they are printed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { World } from './harness.mjs';
import { repository, run } from './programs.mjs';

const MARK = '=== recipe';

// Number, title and commands of each recipe.
function recipes() {
  const page = readFileSync(path.join(repository, 'proto/README.md'), 'utf8');
  const form = /^\*\*(\d+)\. (.+?)\*\*[^\0]*?^```sh\n([^\0]*?)^```$/gm;
  return [...page.matchAll(form)].map(([, number, title, commands]) => ({ number: Number(number), title, commands }));
}

let world;
let printed; // What each recipe printed, by its number.
before(async () => {
  world = await World.core();
  const script = recipes().map(({ number, commands }) => `echo '${MARK} ${number}'\n${commands}`);
  const env = { CORE: world.address, KEY: world.adminKeyFile };
  const { code, stdout } = await run('bash', ['-euo', 'pipefail', '-c', `exec 2>&1\n${script.join('\n')}`], { env });
  const parts = stdout.split(`${MARK} `).slice(1);
  printed = new Map(parts.map((part) => [Number.parseInt(part, 10), part.slice(part.indexOf('\n') + 1)]));
  assert.equal(code, 0, `After recipe ${[...printed.keys()].at(-1)}:\n${parts.at(-1)}`);
});
after(() => world.stop());

test('the cookbook has at least twenty recipes, numbered in order, and every block of its is one', () => {
  const numbers = recipes().map(({ number }) => number);
  assert.ok(numbers.length >= 20, `${numbers.length} recipes`);
  assert.deepEqual(numbers, numbers.map((_, index) => index + 1));
  const page = readFileSync(path.join(repository, 'proto/README.md'), 'utf8');
  assert.equal(page.match(/^```sh$/gm).length, numbers.length);
});

test('every recipe runs as it is printed', () => {
  assert.deepEqual([...printed.keys()], recipes().map(({ number }) => number));
});

// What a reader would look for in what is shown, by the recipe's title.
const shows = {
  'See what it serves': /kalends\.v1\.BookingService[^]*RequestAppointmentRequest/,
  'Ask whether it is well.': /"status": "SERVING"/,
  'Find a zone by a city': /^Marseille {2}Europe\/Paris$/m,
  'Change a price': /"minor_units": "8500"/,
  'See the dates with anything free': /^\d{4}-\d+-\d+$/m,
  'See the times': /^\d{4}-\d\d-\d\dT\d\d:\d\d/m,
  'Lose the answer, and ask again': /^true$/m,
  'Be refused': /FailedPrecondition[^]*"reason": "SLOT_TAKEN"[^]*"20\d\d-[^]*ended with/,
  Accept: /STATUS_PENDING[^]*STATUS_ACCEPTED/,
  'Note a payment': /"minor_units": "3500"/,
  'Sell ten visits for the price of nine.': /"remaining_visits": 10/,
  Cancel: /STATUS_CANCELLED/,
  'List all appointments of a practice': /STATUS_ACCEPTED {2}Anna[^]*STATUS_CANCELLED|STATUS_CANCELLED {2}Anna[^]*STATUS_ACCEPTED/,
  'Write to each other.': /J'arrive 5 min plus tard/,
  'Fetch it': /Deux fois par jour/,
  'See the month in figures.': /"accepted": \d/,
  'Answer a question to the support.': /Réglages/,
  'Read who did what with which key.': /Z {2}AdminService\.CreateApiKey {2}apiKeys/,
  'Take out everything about somebody': /README/,
  'Take the key away': /^"20/m,
};

for (const [title, expected] of Object.entries(shows)) {
  test(`recipe "${title}" shows it`, () => {
    const recipe = recipes().find((one) => one.title === title);
    assert.ok(recipe, `No recipe is called so: ${title}`);
    assert.match(printed.get(recipe.number), expected);
  });
}
