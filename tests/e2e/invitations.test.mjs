// SPEC 3.7: invitations: sent by Telegram's own dialogue, scanned, copied, counted, revoked; offered as
// cards in any chat; and a free time of the page that leads straight to its summary.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import jsQR from 'jsqr';
import { launch } from './browser.mjs';
import { pickZone, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { buttons, linksIn } from './simulator.mjs';

describe('invitations in German', { concurrency: false }, () => {
  let world, marie, specialist, browser;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de', { web: true }));
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await world.stop();
  });

  const newcomer = (first_name) => world.simulator.person({ first_name, language_code: 'de' });
  const copied = (message) =>
    message.reply_markup.inline_keyboard.flat().find(({ copy_text }) => copy_text).copy_text.text;

  // What somebody reads in the picture: decoded by a library that has nothing to do with ours.
  async function scanned(fileId) {
    const bytes = Buffer.from(await (await fetch(`${world.simulator.url}/sim/file?id=${fileId}`)).arrayBuffer());
    const page = await browser.newPage();
    const { data, width, height } = await page.evaluate(async (url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width: image.width, height: image.height });
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      const pixels = context.getImageData(0, 0, image.width, image.height);
      return { data: [...pixels.data], width: pixels.width, height: pixels.height };
    }, `data:image/png;base64,${bytes.toString('base64')}`);
    await page.close();
    return jsQR(new Uint8ClampedArray(data), width, height)?.data;
  }

  let link;
  test('one for three people and a week is made, named, sent, copied and scanned', async () => {
    await marie.practice('Einladungen');
    await marie.see('Ihre Einladungen');
    await marie.tap('➕ Neue Einladung');
    await marie.see('Neue Einladung');
    await marie.tap('7 Tage');
    await marie.see('✔ 7 Tage');
    await marie.tap('für 1 Person');
    await marie.see('✔ für 1 Person');
    await marie.say('Flyer');
    const made = await marie.see('Einladung: Flyer');
    assert.match(made.plain, /🟢 gültig · 0 von 1 genutzt/);
    assert.match(made.plain, /Gültig bis /);
    link = copied(made);
    assert.match(link, /^https:\/\/t\.me\/kalends_demo_bot\?start=[\w-]{22}$/);
    const [send] = linksIn(made);
    assert.equal(send.text, 'An Kunden senden ↗');
    assert.equal(new URL(send.url).origin + new URL(send.url).pathname, 'https://t.me/share/url');
    assert.equal(new URL(send.url).searchParams.get('url'), link);
    await marie.tap('QR-Code');
    const picture = await marie.see('Wer diesen QR-Code scannt');
    assert.equal(await scanned(picture.photo.at(-1).file_id), link);
  });

  test('who follows it is counted, and the next one is told that it is used up', async () => {
    const anna = await newcomer('Anna');
    await anna.start(new URL(link).searchParams.get('start'));
    await anna.see('hat Sie eingeladen');
    const otto = await newcomer('Otto');
    await otto.start(new URL(link).searchParams.get('start'));
    await otto.see('aufgebraucht');
    await marie.practice('Einladungen');
    await marie.see('Ihre Einladungen');
    await marie.tap('▫️ Flyer · 1 von 1 genutzt');
    const used = await marie.see('☑️ aufgebraucht');
    assert.deepEqual(linksIn(used), [], 'nothing to send any more');
  });

  test('a revoked one is told from one that is good', async () => {
    const { code } = await world.invite(specialist.name, { account: specialist.account }, { label: 'Alt' });
    await marie.practice('Einladungen');
    await marie.see('Ihre Einladungen');
    await marie.tap('✉️ Alt · 0-mal genutzt');
    await marie.see('Einladung: Alt');
    await marie.tap('Widerrufen');
    await marie.see('widerrufen?');
    await marie.tap('Widerrufen');
    await marie.see('❌ widerrufen');
    const otto = await newcomer('Otto');
    await otto.start(code);
    await otto.see('widerrufen');
  });

  test('the bot’s name in any chat offers the provider’s cards, and to others nothing', async () => {
    const offered = async (person, query = '') => {
      const asked = await world.simulator.post('inline', { user: person.id, query });
      const { results } = await world.simulator.get('inline_results', { id: asked.inline_query_id, timeout_ms: 60_000 });
      return { ...asked, results };
    };
    await world.invite(specialist.name, { account: specialist.account }, { label: 'Zettel' });
    const { inline_query_id, results } = await offered(marie, 'zet');
    assert.equal(results[0].title, 'Termin bei Marie');
    assert.match(results[0].description, /^Zettel · /);
    const anna = await newcomer('Anna');
    assert.deepEqual((await offered(anna)).results, [], 'who has no account');
    // Sent into a chat with others, it leads them to the invitation.
    const group = await world.simulator.post('group', { title: 'Nachbarn', members: [marie.id, anna.id] });
    await world.simulator.post('choose', { user: marie.id, inline_query_id, result_id: results[0].id, chat: group.id });
    const { chat } = await world.simulator.get('chat', { user: marie.id, chat: group.id });
    const card = chat.messages.at(-1);
    assert.match(card.plain, /📅 Marie/);
    const [book] = linksIn(card);
    assert.equal(book.text, 'Termin anfordern');
    await anna.start(new URL(book.url).searchParams.get('start'));
    await anna.see('hat Sie eingeladen');
    const calls = await world.simulator.outbox(0, 'answerInlineQuery');
    assert.ok(calls.every(({ code, params }) => code === 200 && params.cache_time === 0 && params.is_personal));
  });

  test('a free time of the page opens its summary, and one that was taken says so', async () => {
    const invitation = (await world.admin.call('InvitationService', 'ListInvitations', { parent: specialist.name }))
      .invitations.find(({ state, max_uses }) => state === 'STATE_ACTIVE' && max_uses === 0);
    await world.publish(specialist, { invitation: invitation.name });
    const page = await (await fetch(`${world.web}/p/marie`)).text();
    const times = [...page.matchAll(/\?start=([\w-]+-[0-9a-z]{13}-[0-9a-z]{5,6})"/g)].map(([, payload]) => payload);
    assert.equal(times.length, 3 * specialist.services.length, 'three of each service');
    const klara = await newcomer('Klara');
    await klara.start(times[0]);
    await pickZone(klara, t, 'Europe/Berlin');
    const summary = await klara.see(t.confirm);
    assert.ok(buttons(summary).includes(t.confirm));
    await klara.tap(t.confirm);
    await klara.see(`🟡 ${t.status.pending}`);
    const late = await newcomer('Lena');
    await late.start(times[0]);
    await pickZone(late, t, 'Europe/Berlin');
    await late.see('Diese Zeit wurde inzwischen vergeben');
  });
});
