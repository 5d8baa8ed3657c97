// Calendars to subscribe to, in the bot: the address is made, shown again, made anew and ended.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, requestOne, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { buttons } from './simulator.mjs';

const OPEN = 'Kalender abonnieren';
const MAKE = 'Adresse anlegen';
const RENEW = 'Neue Adresse';
const END = 'Abo beenden';

describe('calendars to subscribe to, in German', { concurrency: false }, () => {
  let world, marie, specialist, anna;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de', { web: true }));
    anna = await joined(world, specialist, t, { first_name: 'Anna' });
    await requestOne(world, specialist, anna, t);
  });
  after(() => world.stop());

  async function openOfAnna() {
    await anna.tap(t.settings);
    await anna.see(t.settingsZone);
    await anna.tap(OPEN);
    return anna.see('Ihre Termine im eigenen Kalender');
  }
  const addressIn = ({ plain }) => plain.match(/https?:\/\/\S+\/c\/[\w-]{43}\.ics/)[0];
  const fileAt = async (address) => {
    const answer = await fetch(address);
    return { status: answer.status, text: await answer.text() };
  };

  test('a customer makes an address, which shows what was booked', async () => {
    const none = await openOfAnna();
    assert.deepEqual(buttons(none).slice(0, 1), [MAKE]);
    await anna.tap(MAKE);
    const shown = await anna.see('.ics');
    const address = addressIn(shown);
    assert.ok(address.startsWith(`${world.web}/c/`), address);
    assert.match(shown.plain, new RegExp(address.replace(/^http/, 'webcal').replaceAll('.', '\\.')));
    const { status, text } = await fileAt(address);
    assert.equal(status, 200);
    assert.match(text, /SUMMARY:Beratung · Marie/);
    assert.equal(addressIn(await openOfAnna()), address, 'the same again');
  });

  test('the code for the camera is the address that opens a calendar program', async () => {
    const address = addressIn(await openOfAnna());
    await anna.tap('QR-Code');
    const { photo, plain } = await anna.see('Wer diesen QR-Code scannt');
    assert.ok(photo);
    assert.ok(plain.includes(address.replace(/^http/, 'webcal')), plain);
  });

  test('an address made anew ends the one before, and asks first', async () => {
    const before = addressIn(await openOfAnna());
    await anna.tap(RENEW);
    await anna.see('Möchten Sie eine neue Adresse?');
    assert.equal((await fileAt(before)).status, 200);
    await anna.tap(RENEW);
    const address = addressIn(await anna.see('.ics'));
    assert.notEqual(address, before);
    assert.equal((await fileAt(before)).status, 404);
    assert.equal((await fileAt(address)).status, 200);
  });

  test('ending it leaves nothing behind but the way to a new one', async () => {
    const address = addressIn(await openOfAnna());
    await anna.tap(END);
    await anna.see('Möchten Sie das Abo beenden?');
    await anna.tap(END);
    const none = await anna.see(MAKE);
    assert.doesNotMatch(none.plain, /\.ics/);
    assert.equal((await fileAt(address)).status, 404);
  });

  test('a provider subscribes to what is booked with them', async () => {
    await marie.practice(t.settings);
    await marie.tap(OPEN);
    await marie.see('Ihre Buchungen im eigenen Kalender');
    await marie.tap(MAKE);
    const { text } = await fileAt(addressIn(await marie.see('.ics')));
    assert.match(text, /SUMMARY:Beratung · Anna/);
    assert.match(text, /STATUS:TENTATIVE/);
  });
});
