// The profile page in a real browser: accessible in light and dark and on a small phone, and asking
// nobody but its own server. The screenshots are in build/screenshots.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessibleAndFitting, launch, open as openIn, shoot, sizes } from './browser.mjs';
import { World } from './harness.mjs';

let world, browser, code, serviceIds;
before(async () => {
  world = await World.core();
  const money = (minor_units) => ({ currency_code: 'EUR', minor_units });
  const marie = await world.specialist({
    name: 'Marie Weber',
    services: [
      {
        display_name: 'Erstgespräch',
        description: 'Wir lernen uns kennen und klären, worum es geht.',
        duration: { seconds: 1800 },
        position: 1,
      },
      {
        display_name: 'Beratung',
        description: 'Eine Sitzung von 50 Minuten, vor Ort oder per Video.',
        duration: { seconds: 3000 },
        price: money(8000),
        translations: { en: { display_name: 'Counselling', description: 'A session of 50 minutes.' } },
        position: 2,
      },
      { display_name: 'Gruppenstunde', duration: { seconds: 9000 }, price: money(1500), capacity: 8, position: 3 },
    ],
  });
  code = marie.code;
  serviceIds = marie.services.map(({ name }) => name.split('/').at(-1));
  const { invitations } = await world.admin.call('InvitationService', 'ListInvitations', { parent: marie.name });
  await world.publish(marie, {
    about:
      'Seit fünfzehn Jahren begleite ich Menschen durch schwierige Zeiten: ruhig, zugewandt und immer mit ' +
      'einem Blick für das, was schon gelingt.\n\nSprechstunde ist montags bis freitags, vor Ort oder per Video.',
    website: 'https://www.marie-weber.example/praxis',
    email: 'praxis@marie-weber.example',
    phone: '+49 30 5550 1234',
    address: 'Lindenstraße 12\n10969 Berlin',
    social_profiles: [
      { url: 'https://www.instagram.com/marie.weber.example' },
      { display_name: 'Fachverband', url: 'https://verband.example/mitglieder/weber' },
    ],
    invitation: invitations[0].name,
  });
  const studio = await world.specialist({
    identity: 'telegram:1002',
    name: 'Donaudampfschifffahrtsgesellschaftskapitänsmützenwerkstatt',
    services: [],
  });
  await world.publish(studio, { slug: 'studio', about: `${'Langeswortohnepause'.repeat(20)}` });
  await world.startWeb({ args: ['--bot-url', 'https://t.me/kalends_demo_bot'] });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world.stop();
});

const open = (at, options) => openIn(browser, world.web, at, options);

const pages = [
  { name: 'profile', at: '/p/marie-weber', status: 200 },
  { name: 'long-words', at: '/p/studio', status: 200 },
  { name: 'not-found', at: '/p/nobody', status: 404 },
];

for (const { name, at, status } of pages) {
  for (const scheme of ['light', 'dark']) {
    for (const size of sizes) {
      test(`${name} is accessible and fits, ${scheme}, ${size.width} px wide`, async () => {
        const { context, page, response } = await open(at, { scheme, size, bypassCSP: true });
        assert.equal(response.status(), status);
        await shoot(page, `web-${name}-${scheme}-${size.name}`, { fullPage: true });
        await assertAccessibleAndFitting(page, size);
        await context.close();
      });
    }
  }
}

test('the page works under its own policy, without a script and without asking anybody else', async () => {
  const { context, page, complaints } = await open('/p/marie-weber');
  const card = page.locator('.card').first();
  assert.notEqual(await card.evaluate((node) => getComputedStyle(node).borderRadius), '0px', 'no style was applied');
  assert.equal(await page.locator('script').count(), 0);
  const hrefOf = (name) => page.getByRole('link', { name, exact: true }).getAttribute('href');
  const invitation = `https://t.me/kalends_demo_bot?start=${code}`;
  assert.equal(await hrefOf('Termin buchen'), invitation);
  assert.equal(await hrefOf('Beratung'), `${invitation}-${serviceIds[1]}`);
  assert.deepEqual(await page.getByRole('heading', { level: 3 }).allTextContents(), [
    'Erstgespräch',
    'Beratung',
    'Gruppenstunde',
  ]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('all of a service is where to press it, and a phone shows no code to scan', async () => {
  for (const size of sizes) {
    const { context, page } = await open('/p/marie-weber', { size });
    const price = page.locator('.services .price').nth(1);
    await price.scrollIntoViewIfNeeded();
    const box = await price.boundingBox();
    const pressed = await page.evaluate(
      ([x, y]) => document.elementFromPoint(x, y).closest('a')?.textContent,
      [box.x + box.width / 2, box.y + box.height / 2],
    );
    assert.equal(pressed, 'Beratung', size.name);
    assert.equal(await page.locator('.qr').isVisible(), size.name === 'wide');
    await context.close();
  }
});

test('dark and light differ, and the code can be scanned in both', async () => {
  const colours = [];
  for (const scheme of ['light', 'dark']) {
    const { context, page } = await open('/p/marie-weber', { scheme });
    colours.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
    assert.equal(await page.locator('.qr').evaluate((node) => getComputedStyle(node).backgroundColor), 'rgb(255, 255, 255)');
    await context.close();
  }
  assert.notEqual(colours[0], colours[1]);
});

test('a viewer of another language reads theirs, and can choose', async () => {
  const { context, page } = await open('/p/marie-weber', { locale: 'en-GB' });
  assert.equal(await page.getByRole('heading', { name: 'Services' }).count(), 1);
  assert.equal(await page.getByRole('heading', { name: 'Counselling' }).getAttribute('lang'), 'en');
  await page.getByRole('navigation', { name: 'Language' }).getByRole('link', { name: 'Français' }).click();
  await page.getByRole('heading', { name: 'Prestations' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
  await context.close();
});

test('everything can be reached by keyboard, in the order it is read', async () => {
  const { context, page } = await open('/p/marie-weber', { size: sizes[1] });
  const expected = await page.locator('a').evaluateAll((links) => links.map((link) => link.href));
  const reached = [];
  for (let i = 0; i < expected.length; i += 1) {
    await page.keyboard.press('Tab');
    reached.push(await page.evaluate(() => document.activeElement.href));
  }
  assert.deepEqual(reached, expected);
  const tops = await page.locator('a').evaluateAll((links) => links.map((link) => link.getBoundingClientRect().top + scrollY));
  assert.deepEqual(tops, [...tops].sort((a, b) => a - b));
  await context.close();
});
