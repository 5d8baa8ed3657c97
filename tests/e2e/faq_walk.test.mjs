// One customer's whole way, as the FAQ tells it: from the invitation to signed terms, an uploaded
// document, a chat both ways, an appointment, and its cancellation.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { joined, walkToSummary, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { buttons, linksIn } from './simulator.mjs';

let world, marie, specialist;
before(async () => ({ world, marie, specialist } = await worldWithMarie('de', { web: true })));
after(() => world.stop());

test('from the invitation to the cancellation', async () => {
  await marie.practice('AGB');
  await marie.tap('➕ Dokument hinzufügen');
  await marie.see('Senden Sie das Dokument als Datei');
  await marie.sendFile('%PDF die AGB', { name: 'agb.pdf', type: 'application/pdf', caption: 'AGB' });
  await marie.see('✅ Veröffentlicht.');
  await marie.tap('⚪ Pflicht vor der Buchung');
  await marie.see('Pflicht vor der Buchung · ✍️ 0');

  const anna = await joined(world, specialist, t, { first_name: 'Anna' });
  await marie.see('Anna', { since: 0 });

  await anna.tap('Spezialistenliste');
  await anna.tap('👤 Marie');
  await anna.tap('AGB');
  await anna.see('AGB: ⏳ Zustimmung ausstehend');
  await anna.tap('☐ ⏳ AGB');
  await anna.tap('Download');
  const [link] = linksIn(await anna.see('Die Links gelten 5 Minuten'));
  assert.equal(await (await fetch(link.url)).text(), '%PDF die AGB');
  await anna.tap('Zustimmung ändern');
  await anna.see('AGB: Sie stimmen zu');
  await anna.tap(t.confirm);
  await anna.see('AGB: ✍️ Unterzeichnet');

  await anna.tap('Spezialistenliste');
  await anna.tap('👤 Marie');
  await anna.tap('Dokumente');
  await anna.tap('Hochladen');
  await anna.see('Senden Sie jetzt die Datei');
  await anna.sendFile('Befund', { name: 'Befund.pdf', type: 'application/pdf' });
  await anna.see('✅ Befund.pdf ist hochgeladen');
  await anna.tap('Chat');
  await anna.see('Sie schreiben jetzt mit 👤 Marie');
  await anna.say('Guten Tag, mein Befund liegt bei den Dokumenten.');
  await marie.see('mein Befund liegt bei den Dokumenten');
  await marie.tap('↩️ Antworten');
  await marie.see('Sie schreiben jetzt mit Anna');
  await marie.say('Danke, bis bald!');
  await anna.see('Danke, bis bald!');

  await walkToSummary(anna, t);
  await anna.tap(t.confirm);
  await anna.see(t.status.pending);
  await marie.see(t.accept, { since: 0 });
  await marie.tap(t.accept);
  await anna.see(t.status.accepted);

  await anna.tap(t.appointments);
  const list = await anna.see(t.listTitle);
  await anna.tap(buttons(list).find((label) => label.startsWith('🟢')));
  await anna.see(t.meetingInfo);
  await anna.tap(t.cancel);
  await anna.see(t.cancelWithoutReason);
  await anna.say('Ich bin leider krank.');
  await anna.see('Mit diesem Grund stornieren?');
  await anna.tap(t.cancel);
  await anna.see(t.status.cancelled);
  await marie.see('Ich bin leider krank.', { since: 0 });
});
