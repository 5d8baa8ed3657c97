// A whole Kalends on free ports of the loopback interface, with a data directory of its own.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Core, newId } from './core.mjs';
import * as postgres from './postgres.mjs';
import { buildDir, Program, run, binary } from './programs.mjs';
import { BOT_TOKEN, Simulator } from './simulator.mjs';

const DAY_S = 24 * 60 * 60;
const QUARTER_S = 15 * 60;

// Every day 8 to 20 o'clock, so that there is always something to book.
export const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
  weekday,
  hours: { start_minute: 8 * 60, end_minute: 20 * 60 },
}));

// The simulator sets no pace, so that nothing has to be waited for. pace.test.mjs keeps Telegram's.
const QUICK = ['--pace-per-chat-ms=1', '--pace-per-group-ms=1', '--pace-per-second=1000', '--retry-ms=20'];

export class World {
  pace = QUICK;

  // Starts the core alone. `env`: for the core, such as {TZ}; `flags` and `wrapper` (see Program)
  // too, given the world's folder.
  static async core({ env = {}, flags = () => [], wrapper = () => [] } = {}) {
    const world = new World();
    mkdirSync(path.join(buildDir, 'e2e'), { recursive: true });
    world.folder = mkdtempSync(path.join(buildDir, 'e2e/'));
    chmodSync(world.folder, 0o700);
    world.coreOptions = { env, flags: flags(world.folder), wrapper: wrapper(world.folder) };
    await world.startCore();
    return world;
  }

  // Starts core, simulator and adapter. `limits`: of the simulator, telegram or off.
  // `web`: also kalends-web, which the bot then links to. `args`: further flags of the adapter.
  // `pace`: flags that say how fast the adapter goes, each time it is started; none: Telegram's pace.
  static async all({ limits = 'off', web = false, args = [], pace = QUICK } = {}) {
    const world = await World.core();
    world.pace = pace;
    await world.startSimulator(limits);
    if (web) await world.startWeb({ args: ['--bot-url', 'https://t.me/kalends_demo_bot'] });
    await world.startAdapter({ args: web ? ['--public-url', world.web, ...args] : args });
    return world;
  }

  // On the port it had before, if any.
  async startCore() {
    const portFile = path.join(this.folder, 'core.port');
    rmSync(portFile, { force: true });
    const listen = this.address ?? '127.0.0.1:0';
    const { env, flags, wrapper } = this.coreOptions;
    if (postgres.server && !flags.includes('--storage')) this.storage ??= await postgres.makeDatabase(postgres.server);
    const storage = this.storage ? ['--storage', this.storage] : [];
    const args = ['--listen', listen, '--data-dir', this.dataDir, '--port-file', portFile, ...storage, ...flags];
    this.kalendsd = new Program('kalendsd', args, { folder: this.folder, env, wrapper });
    this.address = `127.0.0.1:${await this.kalendsd.port(portFile)}`;
    this.adminKeyFile = path.join(this.dataDir, 'admin.key');
    this.adminKey = readFileSync(this.adminKeyFile, 'utf8').trim();
    this.admin ??= this.client();
  }
  get dataDir() {
    return path.join(this.folder, 'data');
  }

  // On the port it had before, if any; it knows nothing of its life before. `token`: of another bot;
  // `args`: further flags.
  async startSimulator(limits = 'off', { token = BOT_TOKEN, args: more = [] } = {}) {
    const portFile = path.join(this.folder, 'simulator.port');
    rmSync(portFile, { force: true });
    const listen = this.simulator?.url.slice('http://'.length) ?? '127.0.0.1:0';
    const args = [`--listen=${listen}`, `--port-file=${portFile}`, `--limits=${limits}`, `--token=${token}`];
    this.telegram = new Program('kalends-telegram-sim', [...args, ...more], { folder: this.folder });
    this.simulator = new Simulator(await this.telegram.port(portFile));
  }

  // `api`: the Bot API's address, by default the simulator's; `core`: another than the core's own.
  async startAdapter({ api = this.simulator.url, core = this.address, token = BOT_TOKEN, args = [] } = {}) {
    this.adapterKeyFile ??= await this.createKeyFile('adapter');
    const flags = ['--core', core, '--api-key-file', this.adapterKeyFile, '--telegram-api', api, ...this.pace];
    this.adapter = new Program('kalends-telegram', [...flags, ...args], {
      folder: this.folder,
      env: { TELEGRAM_BOT_TOKEN: token },
    });
  }

  // The web side, on the port it had before, if any: `web` has its address. `args`: further flags;
  // `core`: another address than the core's own.
  async startWeb({ args = [], keyFile, core = this.address } = {}) {
    const portFile = path.join(this.folder, 'web.port');
    rmSync(portFile, { force: true });
    if (!keyFile) keyFile = this.webKeyFile ??= await this.createKeyFile('web');
    const flags = ['--listen', this.web?.slice('http://'.length) ?? '127.0.0.1:0', '--core', core];
    this.website = new Program(
      'kalends-web',
      [...flags, '--api-key-file', keyFile, '--port-file', portFile, '--log-level', 'debug', ...args],
      { folder: this.folder },
    );
    this.web = `http://127.0.0.1:${await this.website.port(portFile)}`;
  }

  // A client of its own connection; by default with the admin key.
  client(key = this.adminKey) {
    return new Core(this.address, key);
  }
  // Runs the command-line tool.
  kalends(...args) {
    const env = { KALENDS_CORE: this.address, KALENDS_API_KEY_FILE: this.adminKeyFile };
    return run(binary('kalends'), args, { env });
  }
  async createKeyFile(scope) {
    const file = path.join(this.folder, `${scope.replace(':', '-')}-${newId()}.key`);
    const made = await this.kalends('key', 'create', '--scope', scope, '--label', scope, '--out', file);
    if (made.code !== 0) throw new Error(made.stderr);
    return file;
  }
  async createKey(scope) {
    return readFileSync(await this.createKeyFile(scope), 'utf8').trim();
  }

  // Ends the programs, the adapter first. Returns their exit codes by name. A program that has ended
  // by itself, or in any other way than it was asked to, fails the test.
  async stop() {
    this.admin?.close();
    const codes = {};
    const broken = [];
    for (const program of [this.website, this.adapter, this.telegram, this.kalendsd]) {
      if (!program) continue;
      const code = (codes[program.name] = await program.stop());
      if (code !== 0 && !program.killed) broken.push(`${program.name} ended with ${code}:\n${program.log().slice(-2000)}`);
    }
    if (broken.length > 0) throw new Error(broken.join('\n'));
    if (!process.env.KALENDS_E2E_KEEP) rmSync(this.folder, { recursive: true, force: true });
    return codes;
  }

  // An account with a zone: {name, identity}.
  async account(identity, { name = 'Anna', language = 'de', zone = 'Europe/Berlin' } = {}) {
    const request = { identity, display_name: name, language_code: language };
    const account = await this.admin.change('AccountService', 'EnsureAccount', request);
    if (zone) {
      const update = { account: { name: account.name, time_zone: zone }, update_mask: { paths: ['time_zone'] } };
      await this.admin.change('AccountService', 'UpdateAccount', update, { account: account.name });
    }
    return { name: account.name, identity };
  }

  // A specialist with services, hours and an invitation: {name, account, services, code}. The admin
  // may do all this without being anyone. Closed for the rest of today: a time that is free now
  // would pass by while a test is still on its way to it.
  async specialist({
    identity = 'telegram:1001',
    name = 'Marie',
    zone = 'Europe/Berlin',
    hours = EVERY_DAY,
    services = [{ display_name: 'Beratung', duration: { seconds: 3600 } }],
  } = {}) {
    const account = await this.account(identity, { name, zone });
    const as = { account: account.name };
    const provider = await this.admin.change(
      'AccountService',
      'RegisterProvider',
      { kind: 'PROVIDER_KIND_SPECIALIST', display_name: name, time_zone: zone },
      as,
    );
    const made = [];
    for (const service of services) {
      const request = { parent: provider.name, service };
      made.push(await this.admin.change('CatalogService', 'CreateService', request, as));
    }
    const week = { name: `${provider.name}/schedule`, added: hours };
    if (hours.length > 0) await this.admin.change('ScheduleService', 'ChangeWeeklyHours', week, as);
    const [start, end] = [Math.floor(Date.now() / 1000) - DAY_S, nextMidnight(zone)];
    const closure = { start_time: { seconds: start }, end_time: { seconds: end } };
    await this.admin.change('ScheduleService', 'CreateClosure', { parent: provider.name, closure }, as);
    const { code } = await this.invite(provider.name, as);
    return { name: provider.name, account: account.name, services: made, code };
  }

  // Publishes a provider's profile with these fields; {slug, ...}.
  async publish(provider, fields = {}) {
    const name = `${provider.name}/profile`;
    const as = { account: provider.account };
    const { etag } = await this.admin.call('ProfileService', 'GetProfile', { name }, as);
    const profile = { name, etag, published: true, ...fields };
    const paths = ['published', ...Object.keys(fields)];
    return this.admin.change('ProfileService', 'UpdateProfile', { profile, update_mask: { paths } }, as);
  }

  invite(provider, as, invitation = {}) {
    const request = { parent: provider, invitation: { label: 'Test', ...invitation } };
    return this.admin.change('InvitationService', 'CreateInvitation', request, as);
  }

  // A customer of the specialist with this invitation.
  async customer(identity, code, settings) {
    const account = await this.account(identity, settings);
    await this.admin.change('InvitationService', 'RedeemInvitation', { code }, { account: account.name });
    return account;
  }

  // The first `count` bookable starts, in Unix seconds; Infinity: all there are.
  async slots(provider, { service = '', count = 1, account, days = 30, ...rest } = {}) {
    const answer = await this.admin.call(
      'BookingService',
      'ListSlots',
      { parent: provider, service, start_date: today(), end_date: today(days), ...rest },
      account ? { account } : {},
    );
    const starts = answer.days.flatMap((day) => day.start_times_s);
    if (Number.isFinite(count) && starts.length < count) throw new Error(`Only ${starts.length} slots are free.`);
    return starts.slice(0, count);
  }

  request(provider, account, start, { service = '', core = this.admin, ...rest } = {}) {
    const appointment = { service, start_time: { seconds: start } };
    const request = { parent: provider, appointment, ...rest };
    return core.change('BookingService', 'RequestAppointment', request, { account });
  }
}

// The date of today, or of some days later, in UTC, as the contract has it.
export function today(daysLater = 0) {
  const time = new Date((Math.floor(Date.now() / 1000) + daysLater * DAY_S) * 1000);
  const [year, month, day] = time.toISOString().slice(0, 10).split('-').map(Number);
  return { year, month, day };
}

// When tomorrow begins on the wall of `zone`; where it is a bare offset, of which Intl knows nothing,
// in UTC.
function nextMidnight(zone) {
  if (zone.startsWith('UTC')) return (Math.floor(Date.now() / 1000 / DAY_S) + 1) * DAY_S;
  let seconds = Math.ceil(Date.now() / 1000 / QUARTER_S) * QUARTER_S;
  while (wallClock(seconds, zone) !== '00:00') seconds += QUARTER_S;
  return seconds;
}

// "14:30" of an instant on the wall of `zone`.
export function wallClock(seconds, zone) {
  const format = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone };
  return new Intl.DateTimeFormat('en-GB', format).format(new Date(seconds * 1000));
}
// The date of an instant on the calendar of `zone`. By its parts: how they are put together changes
// with the locale data that Node was built with.
export function wallDate(seconds, zone) {
  const format = { year: 'numeric', month: 'numeric', day: 'numeric', timeZone: zone };
  const parts = new Intl.DateTimeFormat('en', format).formatToParts(new Date(seconds * 1000));
  const number = (wanted) => Number(parts.find(({ type }) => type === wanted).value);
  return { year: number('year'), month: number('month'), day: number('day') };
}
