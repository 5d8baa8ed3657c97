// The adapter talks to a Bot API that nobody here wrote. telegram-test-api is lax (no long polling, an
// update is gone once read), so this is a smoke test: a foreign client's /start is answered.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import TelegramServer from 'telegram-test-api';
import { german as t } from './labels.mjs';
import { World } from './harness.mjs';
import { until } from './programs.mjs';

const TOKEN = '1000000001:a-token-of-the-foreign-emulator-0000';

let world, server;
before(async () => {
  world = await World.core();
  server = new TelegramServer({ port: await freePort(), host: '127.0.0.1' });
  await server.start();
  await world.startAdapter({ api: server.config.apiURL, token: TOKEN });
});
after(async () => {
  await world.stop();
  await server.stop();
});

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

// The texts that the bot has sent to `client`.
async function received(client) {
  const history = await client.getUpdatesHistory();
  return history.map(({ message }) => message).filter((message) => message && 'reply_markup' in message);
}

test('on a foreign Bot API emulator, /start brings the main menu and an account in the core', async () => {
  const client = server.getClient(TOKEN, { userId: 7001, chatId: 7001, firstName: 'Ferdinand', languageCode: 'de' });
  await client.sendMessage(client.makeMessage('/start'));
  const [message] = await until('the bot answers', async () => {
    assert.equal(world.adapter.end, undefined, world.adapter.log());
    const messages = await received(client);
    return messages.length > 0 && messages;
  });
  const labels = (message.reply_markup.keyboard ?? []).map((row) => row.map(({ text }) => text));
  assert.ok(labels.flat().includes(t.request) || labels.flat().includes('Request appointment'), JSON.stringify(message));
  const account = await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, { account: 'telegram:7001' });
  assert.match(account.display_name, /Ferdinand/);
});
