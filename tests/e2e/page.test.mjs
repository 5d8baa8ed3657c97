// The simulator's page in a real browser: a whole booking by clicking, as a newcomer does it. The
// screenshots are in build/screenshots.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessibleAndFitting, launch, open, shoot as shootPage, sizes } from './browser.mjs';
import { worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { BOT_TOKEN } from './simulator.mjs';

let world, marie, specialist, browser, page;
const complaints = [];
before(async () => {
  ({ world, marie, specialist } = await worldWithMarie('de'));
  await world.simulator.post('hint', {
    steps: ['Open Marie’s invitation.', 'Book a time.', 'Press +1 day.'],
    links: [{ label: 'Open Marie’s invitation', deep_link: `https://t.me/kalends_demo_bot?start=${specialist.code}` }],
  });
  browser = await launch();
  page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('request', (request) => {
    if (!request.url().startsWith(world.simulator.url)) complaints.push(`asks for ${request.url()}`);
  });
});
after(async () => {
  await browser?.close();
  await world.stop();
});

const shoot = (name) => shootPage(page, name);

// The column of a person.
const column = (id) => page.getByTestId(`chat-${id}`);
// The newest button in a column whose label is, or matches, this.
const button = (id, label) =>
  column(id).getByTestId('inline-button').filter({ hasText: label, visible: true }).last();
const exactly = (text) => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);

test('a newcomer books by clicking: invitation, zone, request, acceptance', async () => {
  await page.goto(world.simulator.url);
  await column(marie.id).waitFor();
  await page.getByTestId('hint-open').click();
  await page.getByTestId('person-language').selectOption('de');
  await page.getByTestId('person-name').fill('Klara');
  await page.getByTestId('person-create').click();
  const klara = await customerId();
  await column(klara).getByText(t.askZone).last().waitFor();
  await shoot('1-invited');

  await column(klara).getByTestId(`composer-${klara}`).fill('Frankfrut');
  await column(klara).getByTestId(`send-${klara}`).click();
  await button(klara, /^Frankfurt am Main, /).waitFor();
  await shoot('1-city');
  await button(klara, /^Frankfurt am Main, /).click();
  await button(klara, t.service).waitFor();
  await shoot('1-services');
  await button(klara, t.service).click();
  await button(klara, /^\d{1,2}$/).waitFor();
  await shoot('2-dates');
  await column(klara).getByTestId('inline-button').filter({ hasText: /^\d{1,2}$/ }).first().click();
  await button(klara, /^\d\d:\d\d$/).waitFor();
  await shoot('3-times');
  await column(klara).getByTestId('inline-button').filter({ hasText: /^\d\d:\d\d$/ }).first().click();
  await button(klara, exactly(t.confirm)).waitFor();
  await shoot('4-summary');
  await button(klara, exactly(t.confirm)).click();
  await column(klara).getByText(`🟡 ${t.status.pending}`).last().waitFor();
  await button(marie.id, exactly(t.accept)).waitFor();
  await shoot('5-requested');
  await button(marie.id, exactly(t.accept)).click();
  await column(klara).getByText(`🟢 ${t.status.accepted}`).last().waitFor();
  await shoot('6-accepted');

  const { appointments } = await world.admin.call('BookingService', 'ListAppointments', { parent: specialist.name });
  assert.deepEqual(appointments.map(({ status }) => status), ['STATUS_ACCEPTED']);
  assert.deepEqual(complaints, []);
});

for (const scheme of ['light', 'dark']) {
  for (const size of sizes) {
    test(`the page is accessible and fits, ${scheme}, ${size.width} px wide`, async () => {
      const { context, page: other, complaints: more } = await openPage({ scheme, size, bypassCSP: true });
      await other.getByTestId(`chat-${marie.id}`).getByTestId('bubble').first().waitFor();
      await shootPage(other, `sim-${scheme}-${size.name}`);
      await assertAccessibleAndFitting(other, size);
      for (const opener of ['more', `more-${marie.id}`]) {
        await other.getByTestId(opener).click();
        await other.getByRole('menu').waitFor();
        await assertAccessibleAndFitting(other, size);
        await other.keyboard.press('Escape');
      }
      await other.getByTestId('more').click();
      await other.getByTestId('log-toggle').click();
      await other.getByTestId('log').waitFor();
      await assertAccessibleAndFitting(other, size);
      await other.getByTestId('log-close').click();
      await other.getByTestId('hint-open').click();
      await other.getByTestId('person-create').waitFor();
      await assertAccessibleAndFitting(other, size);
      assert.deepEqual(more, []);
      await context.close();
    });
  }
}

test('on a phone a chat has the window to itself once what is above is scrolled away', async () => {
  const { context, page: other } = await openPage({ size: sizes[1] });
  const chat = other.getByTestId(`chat-${marie.id}`);
  await chat.getByTestId('bubble').first().waitFor();
  const isAsHighAsTheWindow = async (when) => {
    const { height } = await chat.boundingBox();
    assert.ok(height > sizes[1].height * 0.9 && height <= sizes[1].height, `it is ${height} px high ${when}`);
  };
  await isAsHighAsTheWindow('below the guide');
  await other.getByTestId('more').click();
  await other.getByTestId('hint-toggle').click();
  await isAsHighAsTheWindow('without the guide');
  await context.close();
});

test('all rows of a bot keyboard are to be seen at once, also on a phone', async () => {
  const rows = ['Eins', 'Zwei', 'Drei', 'Vier', 'Fünf', 'Sechs', 'Sieben'];
  const tall = await world.simulator.person({ first_name: 'Tilla', language_code: 'de' });
  await tall.start();
  await tall.see('Guten Tag');
  await fetch(`${world.simulator.url}/bot${BOT_TOKEN}/sendMessage`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ chat_id: tall.id, text: 'Sieben Reihen', reply_markup: { keyboard: rows.map((text) => [{ text }]) } }),
  });
  for (const size of [...sizes, { width: 390, height: 844 }]) {
    const { context, page: other } = await openPage({ size });
    const keyboard = other.getByTestId(`chat-${tall.id}`).locator('.keyboard');
    await keyboard.getByText('Sieben', { exact: true }).waitFor();
    const { shown, all } = await keyboard.evaluate((node) => ({ shown: node.clientHeight, all: node.scrollHeight }));
    assert.equal(shown, all, `${size.width} × ${size.height}`);
    await context.close();
  }
});

test('a new person speaks as the browser does', async () => {
  const preselected = async (locale) => {
    const { context, page: other } = await openPage({ locale });
    await other.getByTestId('add-person').click();
    const language = await other.getByTestId('person-language').inputValue();
    await context.close();
    return language;
  };
  assert.equal(await preselected('fr-CH'), 'fr');
  assert.equal(await preselected('uk-UA'), 'uk');
  assert.equal(await preselected('pt-BR'), 'pt-br');
  assert.equal(await preselected('ja-JP'), 'en');
});

test('what is seldom pressed is in a menu, which the keyboard works too', async () => {
  const nora = await world.simulator.person({ first_name: 'Nora', language_code: 'de', aside: true });
  await nora.start();
  const { context, page: other } = await openPage();
  const opener = other.getByTestId(`more-${nora.id}`);
  assert.equal(await opener.isVisible(), false, 'a column set aside');
  await other.getByTestId(`open-${nora.id}`).click();
  await opener.focus();
  await other.keyboard.press('Enter');
  assert.deepEqual(await other.getByRole('menuitem').allTextContents(), ['Block the bot', 'Delete the chat', 'Put the column aside']);
  await other.keyboard.press('Enter');
  await other.getByTestId(`start-${nora.id}`).getByText('RESTART BOT').waitFor();
  assert.equal(await other.getByRole('menu').count(), 0);
  await opener.click();
  await other.getByTestId(`block-${nora.id}`).getByText('Unblock the bot').click();
  await other.getByTestId(`composer-${nora.id}`).waitFor();
  await opener.click();
  await other.getByTestId(`aside-${nora.id}`).click();
  await other.getByTestId(`open-${nora.id}`).waitFor();
  assert.equal(await opener.isVisible(), false);
  await context.close();
});

// The simulator's page of its own; its stream of events never falls silent.
async function openPage(options = {}) {
  return open(browser, world.simulator.url, '/', { until: 'load', ...options });
}

// The person that the dialog has just made.
async function customerId() {
  const section = page.locator(`section[data-testid^="chat-"]:not([data-testid="chat-${marie.id}"])`);
  await section.waitFor();
  return Number((await section.getAttribute('data-testid')).split('-')[1]);
}
