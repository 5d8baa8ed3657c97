// Callers who outlive the core: they repeat what was not answered, and take what is told until it is.
import { code, newId } from './core.mjs';

const SURELY_MS = 120_000;

// Whether the core went away over a call, so that nobody knows what became of it.
export function isLost(error) {
  return [code.UNAVAILABLE, code.CANCELLED, code.INTERNAL, code.UNKNOWN].includes(error.code) && !error.reason;
}

// Repeats a change with one request_id until the core has answered it, at most for SURELY_MS.
export async function surely(core, service, method, request, options) {
  const repeatable = { request_id: newId(), ...request };
  const end = Date.now() + SURELY_MS;
  for (;;) {
    try {
      return await core.call(service, method, repeatable, { ...options, waitForReady: true });
    } catch (error) {
      if (!isLost(error) || Date.now() > end) throw error;
    }
  }
}

// Takes and acknowledges notifications, reconnecting for as long as it runs.
export class Receiver {
  constructor(core, key) {
    this.core = core;
    this.key = key;
    this.taken = new Map(); // By name.
    this.order = new Map(); // Event times by recipient.
    this.open = true;
    this.#connect();
  }
  #connect() {
    if (!this.open) return;
    const request = { channel: 'telegram', lease_duration: { seconds: 5 } };
    const options = { key: this.key, waitForReady: true };
    this.stream = this.core.stream('NotificationService', 'StreamNotifications', request, options);
    this.stream.on('data', (notification) => this.#take(notification));
    this.stream.on('error', () => this.#connect());
    this.stream.on('end', () => {});
  }
  #take(notification) {
    if (!this.taken.has(notification.name)) {
      this.taken.set(notification.name, notification);
      const order = this.order.get(notification.recipient) ?? [];
      this.order.set(notification.recipient, [...order, Number(notification.event_time.seconds)]);
    }
    const request = { name: notification.name };
    // Lost with the core: it will be handed out again.
    this.core
      .call('NotificationService', 'AcknowledgeNotification', request, { key: this.key })
      .catch(() => {});
  }
  close() {
    this.open = false;
    this.stream.cancel();
  }
}
