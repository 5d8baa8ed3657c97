// Two customers of two specialists, with one of everything private, and what a stranger could ask of
// it: the requests of the authorization matrix.
import { randomInt } from 'node:crypto';
import { newId } from '../e2e/core.mjs';
import { today, World } from '../e2e/harness.mjs';

// In every private text of Ada's, so that no answer to anybody else may have it.
export const SECRET = 'zvbxq';
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'; // Of ids.
const ID = /(?<=\/)[0-9a-hjkmnp-tv-z]{13}(?=\/|$)/g;

// The same names with ids that look as if they were from today, and are nobody's.
export const ghostly = (name) =>
  name.replace(ID, (id) => id.slice(0, 8) + Array.from({ length: 5 }, () => DIGITS[randomInt(32)]).join(''));

export function upload(core, service, method, header, data, options) {
  const write = (stream) => {
    stream.write({ header: { request_id: newId(), ...header } });
    stream.end({ data: Buffer.from(data) });
  };
  return core.upload(service, method, write, options);
}

export class Town {
  static async start() {
    const town = new Town();
    town.world = await World.core();
    await town.#build();
    return town;
  }
  stop() {
    return this.world.stop();
  }

  async #build() {
    const { world } = this;
    const { admin } = world;
    const carla = await world.specialist({ identity: 'telegram:1001', name: `Carla ${SECRET}` });
    const otto = await world.specialist({ identity: 'telegram:1002', name: 'Otto' });
    const ada = await world.customer('telegram:2001', carla.code, { name: `Ada ${SECRET}` });
    const eva = await world.customer('telegram:2002', carla.code, { name: 'Eva' });
    const stranger = await world.account('telegram:2003', { name: 'Boris' });
    const erased = await world.account('telegram:2004', { name: 'Clara' });
    await admin.change('PrivacyService', 'DeleteAccount', { name: erased.name });
    this.people = { ada: ada.name, eva: eva.name, stranger: stranger.name, carla: carla.account, otto: otto.account };
    this.erased = erased.name;
    this.names = await this.#private(carla, ada);
    this.keys = { adapter: '', web: '', 'tool:read': '', 'tool:write': '', admin: '', busy: '' };
    for (const scope of Object.keys(this.keys)) this.keys[scope] = await world.createKey(scope);
    const spare = { api_key: { display_name: 'gone', scopes: ['SCOPE_ADMIN'] } };
    const revoked = await admin.change('AdminService', 'CreateApiKey', spare);
    await admin.change('AdminService', 'RevokeApiKey', { name: revoked.api_key.name });
    this.keys.revoked = revoked.secret;
  }

  // One of everything that is Ada's and Carla's, by its kind.
  async #private({ name: provider, account, services: [service] }, { name: customer }) {
    const { world } = this;
    const { admin } = world;
    const link = `${provider}/links/${customer.split('/')[1]}`;
    const [at, proposed] = await world.slots(provider, { service: service.name, count: 12 }).then((all) => [all[0], all[11]]);
    const options = { service: service.name };
    const appointment = await world.request(provider, customer, at, options);
    const proposal = { name: appointment.name, start_times: [{ seconds: proposed }] };
    await admin.change('BookingService', 'ProposeTimes', proposal, { account });
    const said = { parent: link, message: { text: `hello ${SECRET}` } };
    const message = await admin.change('ChatService', 'SendMessage', said, { account: customer });
    const file = { parent: link, file_name: `${SECRET}.txt` };
    const document = await upload(admin, 'DocumentService', 'UploadDocument', file, SECRET, { account: customer });
    const terms = { parent: provider, document: { display_name: SECRET, needs_consent: true }, file_name: 't.txt', content_type: 'text/plain' };
    const consent = await upload(admin, 'ConsentService', 'PublishConsentDocument', terms, SECRET, { account });
    const asked = await admin.change('SupportService', 'AskSupport', { message: { text: `why ${SECRET}` } }, { account: customer });
    const invitation = await world.invite(provider, { account }, { label: SECRET });
    const feed = await admin.change('FeedService', 'CreateFeed', { parent: customer, feed: { role: 'ROLE_CUSTOMER' } }, { account: customer });
    const far = { start_time: { seconds: at + 40 * 86400 }, end_time: { seconds: at + 41 * 86400 } };
    const { closure } = await admin.change('ScheduleService', 'CreateClosure', { parent: provider, closure: far }, { account });
    const opening = await admin.change('ScheduleService', 'CreateOpening', { parent: provider, opening: far }, { account });
    const elsewhere = { kind: 'KIND_FILE', address: `https://example.org/${SECRET}.ics` };
    const busy = await admin.change('BusyCalendarService', 'CreateBusyCalendar', { parent: provider, busy_calendar: elsewhere }, { account });
    const offer = { display_name: SECRET, services: [service.name], visits: 3, price: { currency_code: 'EUR', minor_units: 100 } };
    const { name: offered } = await admin.change('PackageService', 'CreatePackage', { parent: provider, package: offer }, { account });
    const sold = await admin.change('PackageService', 'SellPackage', { parent: link, package: offered }, { account });
    const privateNotes = { note: `${link}/privateNote`, appointmentNote: `${appointment.name}/privateNote` };
    for (const name of Object.values(privateNotes)) {
      const written = { private_note: { name, text: SECRET }, update_mask: { paths: ['text'] } };
      await admin.change('NoteService', 'UpdatePrivateNote', written, { account });
    }
    const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64');
    const shown = { parent: provider, picture: { caption: SECRET } };
    const picture = await upload(admin, 'PictureService', 'UploadPicture', shown, pixel, { account });
    this.times = { at, proposed };
    return {
      ...privateNotes,
      package: offered,
      soldPackage: sold.name,
      statistics: `${provider}/statistics`,
      account: customer,
      provider,
      profile: `${provider}/profile`,
      picture: picture.name,
      schedule: `${provider}/schedule`,
      link,
      thread: `${link}/thread`,
      message: message.name,
      service: service.name,
      appointment: appointment.name,
      document: document.name,
      consent: consent.name,
      version: consent.version.name,
      ticket: asked.ticket.name,
      ticketMessage: `${asked.ticket.name}/messages/0000000000001`,
      invitation: invitation.name,
      feed: feed.name,
      closure: closure.name,
      busyCalendar: busy.name,
      opening: opening.name,
    };
  }

  // A request that asks for what has this name; null: the method asks for nothing by its name.
  requestFor(method, name) {
    const { at, proposed } = this.times;
    const { account: customer, service, version, package: offered } = this.names;
    // What lies below the provider of the name that is asked for goes with it.
    const [top, id] = name.split('/');
    const below = (other) => (top === 'providers' ? other.replace(/^providers\/[^/]+/, `${top}/${id}`) : other);
    const dates = { start_date: today(2), end_date: today(3) };
    const text = { text: 'N' };
    const far = { start_time: { seconds: at + 50 * 86400 }, end_time: { seconds: at + 51 * 86400 } };
    const update = (what, path, value) => ({ [what]: { name, [path]: value }, update_mask: { paths: [path] } });
    const file = { file_name: 'n.txt', content_type: 'text/plain' };
    const table = {
      UpdateAccount: update('account', 'display_name', 'N'),
      UpdateProvider: update('provider', 'display_name', 'N'),
      UpdateProfile: update('profile', 'about', 'N'),
      UpdatePicture: update('picture', 'caption', 'N'),
      UploadPicture: { header: { parent: name } },
      UpdateService: update('service', 'display_name', 'N'),
      SetServiceDeclined: { name, specialist: `${top}/${id}`, declined: true },
      CreateBusyCalendar: { parent: name, busy_calendar: { kind: 'KIND_FILE', address: 'https://example.org/n.ics' } },
      UpdateBusyCalendar: update('busy_calendar', 'all_day_free', true),
      ReportBusyCalendar: { name, lease: 1, unchanged: {} },
      UpdatePackage: update('package', 'display_name', 'N'),
      UpdatePrivateNote: update('private_note', 'text', 'N'),
      RescheduleAppointment: { name, start_time: { seconds: proposed } },
      BookAppointment: { parent: name, customer, service: below(service), start_time: { seconds: at } },
      RemoveStaff: { parent: name, specialist: name },
      SellPackage: { parent: name, package: below(offered) },
      ListBusyTimes: { parent: name, ...far },
      GetStatistics: { name, period: 'PERIOD_WEEK' },
      CreatePackage: { parent: name, package: { display_name: 'N', services: [below(service)], visits: 1 } },
      UpdateSchedule: update('schedule', 'daily_cap', 9),
      UpdateConsentDocument: update('consent_document', 'archived', true),
      ChangeWeeklyHours: { name, cleared_weekdays: [7] },
      ChangeSpecialDates: { name, added: [{ date: { year: 2030, month: 12, day: 24 } }] },
      CreateInvitation: { parent: name, invitation: {} },
      CreateFeed: { parent: name, feed: { role: 'ROLE_CUSTOMER' } },
      CreateService: { parent: name, service: { display_name: 'N', duration: { seconds: 3600 } } },
      CreateClosure: { parent: name, closure: far },
      CreateOpening: { parent: name, opening: far },
      ListBookableDates: { parent: name, service: below(service), ...dates },
      ListSlots: { parent: name, service: below(service), ...dates },
      RequestAppointment: { parent: name, appointment: { service: below(service), start_time: { seconds: at } } },
      ProposeTimes: { name, start_times: [{ seconds: proposed }] },
      ChooseProposedTime: { name, start_time: { seconds: proposed } },
      CreatePayment: { parent: name, payment: { kind: 'KIND_PAYMENT', amount: { currency_code: 'EUR', minor_units: 100 } } },
      SendMessage: { parent: name, message: text },
      EditMessage: { name, message: text },
      AskSupport: { ticket: name, message: text },
      EditTicketMessage: { name, message: text },
      UploadDocument: { header: { parent: name, ...file } },
      PublishConsentDocument: { header: { parent: name, document: { display_name: 'N' }, ...file } },
      PublishConsentVersion: { header: { parent: name, ...file } },
      ChangeConsents: { parent: name, channel: 'telegram', changes: [{ version: below(version), decision: 'CONSENT_DECISION_WITHDRAW' }] },
      KeepCard: { card: { channel: 'telegram', message: '1', appointment: name, revision: 1 } },
      ExportAccount: { name, omit_files: true },
    };
    if (table[method.method]) return table[method.method];
    if (method.fields.includes('name')) return { name };
    return method.fields.includes('parent') ? { parent: name } : null;
  }
}
