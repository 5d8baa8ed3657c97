// Packages, booking for others and payments, against whoever would have more than they paid for: many at
// once, from wrong accounts, by others' ids, with what is over.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '../e2e/core.mjs';
import { World } from '../e2e/harness.mjs';

const AT_ONCE = 16;
const DAY_S = 86400;
const SERVICES = [
  { display_name: 'Massage', duration: { seconds: 1800 }, price: { currency_code: 'EUR', minor_units: 5000 } },
  { display_name: 'Yoga', duration: { seconds: 1800 }, price: { currency_code: 'EUR', minor_units: 3000 } },
];

let world, marie, otto, anna, ben;
before(async () => {
  world = await World.core();
  marie = await world.specialist({ identity: 'telegram:1001', name: 'Marie', services: SERVICES });
  otto = await world.specialist({ identity: 'telegram:1002', name: 'Otto', services: SERVICES });
  anna = await world.customer('telegram:2001', marie.code, { name: 'Anna' });
  ben = await world.customer('telegram:2002', marie.code, { name: 'Ben' });
  await world.admin.change('InvitationService', 'RedeemInvitation', { code: otto.code }, { account: ben.name });
});
after(() => world.stop());

const as = (account) => ({ account });
const linkOf = (provider, customer) => `${provider.name}/links/${customer.name.split('/')[1]}`;
const call = (service, method, request, options) => world.admin.change(service, method, request, options);
const reasonOf = (promise) => promise.then(() => 'OK', (error) => error.reason ?? error.message);

async function offer(provider, { visits = 3, service = 0, valid_days = 30, minor_units = 12000 } = {}) {
  const made = { display_name: 'Some', services: [provider.services[service].name], visits, valid_days, price: { currency_code: 'EUR', minor_units } };
  return call('PackageService', 'CreatePackage', { parent: provider.name, package: made }, as(provider.account));
}
const sell = (provider, customer, { name }, by = provider.account) =>
  call('PackageService', 'SellPackage', { parent: linkOf(provider, customer), package: name }, as(by));
const soldAs = ({ name }, account) => world.admin.call('PackageService', 'GetSoldPackage', { name }, as(account));
const take = (provider, customer, start, sold, by = customer.name) =>
  call('BookingService', 'RequestAppointment', {
    parent: provider.name,
    appointment: { service: provider.services[0].name, start_time: { seconds: start }, package: sold?.name ?? '' },
  }, as(by));
const book = (provider, customer, start, { sold, service = provider.services[0].name, by = provider.account, parent = provider.name, ...rest } = {}) =>
  call('BookingService', 'BookAppointment', {
    parent, customer: customer.name, service, start_time: { seconds: start }, ignore_hours: true, package: sold?.name ?? '', ...rest,
  }, as(by));
const pay = (parent, kind, minor_units, by, options = {}) =>
  call('PaymentService', 'CreatePayment', {
    parent, payment: { kind, amount: { currency_code: 'EUR', minor_units }, note: '' }, ...options,
  }, as(by));
// Starts that nobody has taken yet, further on each time.
let ahead = 3;
async function starts(provider, count) {
  ahead += 1;
  const free = await world.slots(provider.name, { service: provider.services[0].name, count: Infinity });
  return free.filter((start) => start > Date.now() / 1000 + ahead * DAY_S).filter((_, i) => i % 2 === 0).slice(0, count);
}

test('of sixteen bookings at once as many go through as visits are left, and the rest book nothing', async () => {
  const sold = await sell(marie, anna, await offer(marie, { visits: 5 }));
  const wanted = await starts(marie, AT_ONCE);
  const outcomes = await Promise.all(
    wanted.map((start, i) => reasonOf(i % 2 === 0 ? take(marie, anna, start, sold) : book(marie, anna, start, { sold }))),
  );
  const went = outcomes.filter((outcome) => outcome === 'OK');
  assert.equal(went.length, 5, outcomes);
  assert.ok(outcomes.every((outcome) => outcome === 'OK' || outcome === 'PACKAGE_USED_UP'), outcomes);
  assert.equal((await soldAs(sold, anna.name)).remaining_visits, 0);
  const { uses } = await world.admin.call('PackageService', 'ListPackageUses', { parent: sold.name, page_size: 200 }, as(marie.account));
  assert.equal(uses.length, 5);
  const { appointments } = await world.admin.call('BookingService', 'ListAppointments', { parent: marie.name, customer: anna.name, page_size: 200 }, as(marie.account));
  assert.equal(appointments.length, 5);
});

test('a sale that is taken back while it is being used is either used or taken back', async () => {
  for (let round = 0; round < 8; ++round) {
    const sold = await sell(marie, anna, await offer(marie, { visits: 1 }));
    const [start] = await starts(marie, 1);
    const cancel = () => call('PackageService', 'CancelSoldPackage', { name: sold.name }, as(marie.account));
    const [used, cancelled] = await Promise.all([
      reasonOf(book(marie, anna, start, { sold })),
      reasonOf(cancel()),
    ]);
    assert.deepEqual([used, cancelled].filter((outcome) => outcome === 'OK').length, 1, `${used} ${cancelled}`);
    assert.ok(['OK', 'PACKAGE_CANCELLED'].includes(used), used);
    assert.ok(['OK', 'PACKAGE_IN_USE'].includes(cancelled), cancelled);
    const now = await soldAs(sold, anna.name);
    assert.equal(now.remaining_visits, used === 'OK' ? 0 : 1);
    assert.equal(now.cancel_time === null, used === 'OK');
  }
});

test('repeats of one request sell, book and pay once', async () => {
  const offered = await offer(marie);
  const request_id = newId();
  const sales = await Promise.all(Array.from({ length: AT_ONCE }, () =>
    world.admin.call('PackageService', 'SellPackage', { parent: linkOf(marie, anna), package: offered.name, request_id }, as(marie.account))));
  assert.equal(new Set(sales.map(({ name }) => name)).size, 1);
  const [start] = await starts(marie, 1);
  const booking = { parent: marie.name, customer: anna.name, service: marie.services[0].name, start_time: { seconds: start }, package: sales[0].name, request_id: newId() };
  const booked = await Promise.all(Array.from({ length: AT_ONCE }, () => world.admin.call('BookingService', 'BookAppointment', booking, as(marie.account))));
  assert.equal(new Set(booked.map(({ appointment }) => appointment.name)).size, 1);
  const payment = { parent: sales[0].name, payment: { kind: 'KIND_PAYMENT', amount: { currency_code: 'EUR', minor_units: 12000 } }, request_id: newId() };
  await Promise.all(Array.from({ length: AT_ONCE }, () => world.admin.call('PaymentService', 'CreatePayment', payment, as(marie.account))));
  const now = await soldAs(sales[0], marie.account);
  assert.deepEqual([now.remaining_visits, now.outstanding.minor_units], [2, 0]);
});

test('sixteen refunds at once never pay back more than was paid', async () => {
  const [start] = await starts(marie, 1);
  const { appointment } = await book(marie, ben, start);
  await pay(appointment.name, 'KIND_PAYMENT', 5000, marie.account);
  const outcomes = await Promise.all(Array.from({ length: AT_ONCE }, () => reasonOf(pay(appointment.name, 'KIND_REFUND', 2000, marie.account))));
  assert.equal(outcomes.filter((outcome) => outcome === 'OK').length, 2, outcomes);
  assert.ok(outcomes.every((outcome) => ['OK', 'REFUND_EXCEEDS_PAID'].includes(outcome)), outcomes);
  const now = await world.admin.call('BookingService', 'GetAppointment', { name: appointment.name }, as(marie.account));
  assert.equal(now.paid.minor_units, 1000);
});

test('nobody uses, sells, books or pays with what is others\'', async () => {
  const offered = await offer(marie);
  const sold = await sell(marie, anna, offered);
  const [start] = await starts(marie, 1);
  const wrong = [
    // Anna's package, by Ben, for Ben, and at Otto's.
    ['NOT_FOUND', () => take(marie, ben, start, sold)],
    ['NOT_FOUND', () => book(marie, ben, start, { sold })],
    ['NOT_FOUND', () => soldAs(sold, ben.name)],
    ['NOT_FOUND', () => soldAs(sold, otto.account)],
    ['NOT_FOUND', () => call('PackageService', 'CancelSoldPackage', { name: sold.name }, as(otto.account))],
    ['NOT_FOUND', () => call('PackageService', 'CancelSoldPackage', { name: sold.name }, as(ben.name))],
    ['PROVIDER_ONLY', () => call('PackageService', 'CancelSoldPackage', { name: sold.name }, as(anna.name))],
    // The same id below another customer, and below another provider.
    ['NOT_FOUND', () => call('PackageService', 'CancelSoldPackage', { name: sold.name.replace(linkOf(marie, anna), linkOf(marie, ben)) }, as(marie.account))],
    ['NOT_FOUND', () => call('PackageService', 'CancelSoldPackage', { name: sold.name.replace(marie.name, otto.name) }, as(otto.account))],
    // Sold by the customer to themselves, by a stranger, and an offer of another house.
    ['PROVIDER_ONLY', () => sell(marie, anna, offered, anna.name)],
    ['NOT_FOUND', () => sell(marie, anna, offered, otto.account)],
    ['INVALID_FIELD', async () => sell(marie, anna, await offer(otto))],
    // Booked by the customer, by another provider, for somebody who is no customer, with another's service.
    ['NOT_FOUND', () => book(marie, anna, start, { by: anna.name })],
    ['NOT_FOUND', () => book(marie, anna, start, { by: otto.account })],
    ['NOT_FOUND', () => book(otto, anna, start)],
    ['NOT_FOUND', () => book(marie, anna, start, { service: otto.services[0].name })],
    ['NOT_FOUND', () => book(marie, anna, start, { specialist: otto.name })],
    // Paid by the customer, by a stranger, and for what is another's.
    ['PROVIDER_ONLY', () => pay(sold.name, 'KIND_PAYMENT', 12000, anna.name)],
    ['NOT_FOUND', () => pay(sold.name, 'KIND_PAYMENT', 12000, ben.name)],
    ['NOT_FOUND', () => pay(sold.name, 'KIND_PAYMENT', 12000, otto.account)],
    ['NOT_FOUND', () => world.admin.call('BookingService', 'ListAppointments', { parent: marie.name, customer: anna.name }, as(otto.account))],
    ['NOT_FOUND', () => world.admin.call('LinkService', 'GetLink', { name: linkOf(marie, anna) }, as(ben.name))],
  ];
  const found = [];
  for (const [, attempt] of wrong) found.push(await reasonOf(attempt()));
  const expected = wrong.map(([reason]) => reason);
  // Another's service or specialist is refused for what it is, whatever the reason is called.
  const soft = (reason) => (['SPECIALIST_NOT_OFFERING', 'INVALID_FIELD'].includes(reason) ? 'NOT_FOUND' : reason);
  assert.deepEqual(found.map(soft), expected.map(soft));
  const { appointments } = await world.admin.call('BookingService', 'ListAppointments', { parent: otto.name, page_size: 200 }, as(otto.account));
  assert.deepEqual(appointments, []);
  assert.equal((await soldAs(sold, anna.name)).remaining_visits, 3);
  // Of another customer of the same provider, nothing is listed.
  const { appointments: none } = await world.admin.call('BookingService', 'ListAppointments', { parent: otto.name, customer: anna.name, page_size: 200 }, as(otto.account));
  assert.deepEqual(none, []);
});

test('what is over, of another service or archived pays for nothing and is not booked', async () => {
  const short = await sell(marie, anna, await offer(marie, { valid_days: 1 }));
  const yoga = await sell(marie, anna, await offer(marie, { service: 1 }));
  const [start] = await starts(marie, 1);
  assert.equal(await reasonOf(take(marie, anna, start, short)), 'PACKAGE_EXPIRED');
  assert.equal(await reasonOf(book(marie, anna, start, { sold: short })), 'PACKAGE_EXPIRED');
  assert.equal(await reasonOf(take(marie, anna, start, yoga)), 'PACKAGE_NOT_COVERING');
  const extra = await call('CatalogService', 'CreateService', { parent: marie.name, service: { display_name: 'Sauna', duration: { seconds: 1800 } } }, as(marie.account));
  const bath = await call('PackageService', 'CreatePackage', { parent: marie.name, package: { display_name: 'Baths', services: [extra.name], visits: 2 } }, as(marie.account));
  const sold = await sell(marie, anna, bath);
  await call('CatalogService', 'ArchiveService', { name: extra.name }, as(marie.account));
  assert.equal(await reasonOf(book(marie, anna, start, { sold, service: extra.name })), 'SERVICE_ARCHIVED');
  await call('PackageService', 'ArchivePackage', { name: bath.name }, as(marie.account));
  assert.equal(await reasonOf(sell(marie, anna, bath)), 'PACKAGE_ARCHIVED');
  assert.equal((await soldAs(sold, anna.name)).remaining_visits, 2, 'a refusal takes no visit');
});

test('a blocked customer is sold nothing and booked for nothing, and what they have stays', async () => {
  const offered = await offer(marie);
  const sold = await sell(marie, ben, offered);
  const [start] = await starts(marie, 1);
  await call('LinkService', 'BlockLink', { name: linkOf(marie, ben) }, as(marie.account));
  assert.equal(await reasonOf(sell(marie, ben, offered)), 'LINK_BLOCKED');
  assert.equal(await reasonOf(book(marie, ben, start, { sold })), 'LINK_BLOCKED');
  assert.equal(await reasonOf(take(marie, ben, start, sold)), 'LINK_BLOCKED');
  assert.equal((await soldAs(sold, ben.name)).remaining_visits, 3);
  // A mistake is taken back all the same, and money is given back.
  await pay(sold.name, 'KIND_PAYMENT', 12000, marie.account);
  await call('PackageService', 'CancelSoldPackage', { name: sold.name }, as(marie.account));
  assert.equal((await soldAs(sold, ben.name)).outstanding.minor_units, -12000);
  await pay(sold.name, 'KIND_REFUND', 12000, marie.account);
  await call('LinkService', 'UnblockLink', { name: linkOf(marie, ben) }, as(marie.account));
  assert.equal(await reasonOf(take(marie, ben, start, sold)), 'PACKAGE_CANCELLED');
});

test('amounts that are none are refused', async () => {
  const sold = await sell(marie, anna, await offer(marie));
  for (const amount of [0, -1, 1e12 + 1]) {
    assert.equal(await reasonOf(pay(sold.name, 'KIND_PAYMENT', amount, marie.account)), 'INVALID_FIELD', amount);
  }
  const dollars = { parent: sold.name, payment: { kind: 'KIND_PAYMENT', amount: { currency_code: 'USD', minor_units: 5 } } };
  assert.equal(await reasonOf(call('PaymentService', 'CreatePayment', dollars, as(marie.account))), 'INVALID_FIELD');
  const ahead_of_time = { parent: sold.name, payment: { kind: 'KIND_PAYMENT', amount: { currency_code: 'EUR', minor_units: 5 }, receive_time: { seconds: Math.floor(Date.now() / 1000) + 3600 } } };
  assert.equal(await reasonOf(call('PaymentService', 'CreatePayment', ahead_of_time, as(marie.account))), 'INVALID_FIELD');
  assert.equal((await soldAs(sold, marie.account)).paid.minor_units, 0);
});
