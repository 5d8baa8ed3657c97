// What a customer agrees to (SPEC 2.8), and what hinders a request until they do (4.5).
#pragma once

#include <vector>

#include "adapters/telegram/actions/consents.h"
#include "adapters/telegram/screens/ticks.h"
#include "adapters/telegram/status.h"
#include "kalends/v1/consent_service.pb.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {

// Of the version and the state: whoever agreed saw both.
int MarkOf(const std::vector<v1::Consent>& consents);
int MarkOf(const std::vector<MissingTerm>& missing);

struct ConsentsView {
  v1::Provider provider;
  Page<v1::Consent> consents;
  Ticks ticks;
  std::string heading;  // HTML; may be empty.
};
Screen ConsentsScreen(const Reader& reader, const ConsentsView& view);
// What would change for the ticked documents.
Screen AskChangeConsentsScreen(const Reader& reader, const ConsentsView& view, Nonce nonce);

struct MissingConsentsView {
  std::string provider_label;
  std::vector<MissingTerm> missing;
  Action download;
  Action sign;  // Carries MarkOf the missing ones.
  Action back;
  std::string heading;  // HTML; may be empty.
};
Screen MissingConsentsScreen(const Reader& reader, const MissingConsentsView& view);

// Links to download from, a button each. The link is a secret of this chat.
struct FileLink {
  std::string label;
  std::string url;
};
Screen FileLinksScreen(const Reader& reader, const std::vector<FileLink>& links);

}  // namespace kalends::telegram
