// Receives updates over HTTP instead of polling. TLS ends before us, at a reverse proxy.
#pragma once

#include <memory>
#include <string>

#include "adapters/telegram/inbox.h"

namespace kalends::telegram {

inline constexpr std::size_t kWebhookBytesMax = 1U << 20U;  // Updates have no files in them.
// Connections that have not shown the secret.
inline constexpr std::size_t kWebhookStrangersMax = 256;

// Whether two secrets are equal, in a time that tells nothing about where they differ.
bool SameSecret(std::string_view given, std::string_view expected);

class WebhookServer {
 public:
  // Listens on `address`:`port` (0: any free one) for POSTs that carry `secret` in
  // X-Telegram-Bot-Api-Secret-Token; others get 401 and are hung up on before their body is read.
  // Of strangers one gives way when there are more than kWebhookStrangersMax, so that Telegram,
  // which is none as soon as its header has come, always gets in. What two servers could read
  // differently gets 400 (IsFramedPlainly). An update is answered 200 once `inbox` confirms it, so
  // that Telegram repeats what a crash lost; one that nobody can read, or that is longer than
  // kWebhookBytesMax, is set aside and answered 200 at once, so that it is not repeated for ever.
  // Throws std::runtime_error when it cannot listen.
  WebhookServer(Inbox& inbox, const std::string& address, int port, std::string secret);
  ~WebhookServer();
  WebhookServer(const WebhookServer&) = delete;
  WebhookServer& operator=(const WebhookServer&) = delete;

  int port() const;
  // Takes no more updates.
  void Stop();

 private:
  class Server;
  std::unique_ptr<Server> server_;
};

}  // namespace kalends::telegram
