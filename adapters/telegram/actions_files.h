// The actions about files: consent documents, and what the two sides of a link share.
#pragma once

#include "adapters/telegram/action_parts.h"

namespace kalends::telegram {

// clang-format off

// Lists with rows to tick. `selected`: bit i is row i of the page. `mark` is MarkOf the rows, so
// that a list which changed since it was drawn is noticed; see screens/ticks.h.
//
// A customer's terms with a provider, and the documents of any of one's links.
struct ShowConsents {
  ProviderId provider;
  int page = 0;
  int selected = 0;
  int mark = 0;
  KALENDS_ACTION("ta", provider, page, selected, mark)
};
struct DownloadConsents {
  ProviderId provider;
  int page = 0;
  int selected = 0;
  int mark = 0;
  KALENDS_ACTION("tb", provider, page, selected, mark)
};
struct AskChangeConsents {
  ProviderId provider;
  int page = 0;
  int selected = 0;
  int mark = 0;
  KALENDS_ACTION("tc", provider, page, selected, mark)
};
struct ChangeConsents {
  ProviderId provider;
  int page = 0;
  int selected = 0;
  int mark = 0;
  Nonce nonce;
  KALENDS_ACTION("td", provider, page, selected, mark, nonce)
};
// What hinders a request; afterwards the request goes on where it was.
struct DownloadMissing {
  Draft draft;
  Minute start;
  KALENDS_ACTION("te", draft.provider, draft.service, draft.specialist, start)
};
struct SignMissing {
  Draft draft;
  Minute start;
  int mark = 0;
  KALENDS_ACTION("tf", draft.provider, draft.service, draft.specialist, start, mark)
};
// What hinders taking a proposed time; afterwards that time can be taken.
struct DownloadMissingFor {
  AppointmentId appointment;
  Minute start;
  KALENDS_ACTION("th", appointment, start)
};
struct SignMissingFor {
  AppointmentId appointment;
  Minute start;
  int mark = 0;
  KALENDS_ACTION("ti", appointment, start, mark)
};
struct OpenDocuments { ProviderId provider; KALENDS_ACTION("fa", provider) };
struct ShowDocuments {
  ProviderId provider;
  AccountId customer;
  int page = 0;
  int selected = 0;
  int mark = 0;
  KALENDS_ACTION("fb", provider, customer, page, selected, mark)
};
struct DownloadDocuments {
  ProviderId provider;
  AccountId customer;
  int page = 0;
  int selected = 0;
  int mark = 0;
  KALENDS_ACTION("fc", provider, customer, page, selected, mark)
};
struct AskUpload { ProviderId provider; AccountId customer; KALENDS_ACTION("fd", provider, customer) };
struct AskDeleteDocuments {
  ProviderId provider;
  AccountId customer;
  int page = 0;
  int selected = 0;
  int mark = 0;
  KALENDS_ACTION("fe", provider, customer, page, selected, mark)
};
struct DeleteDocuments {
  ProviderId provider;
  AccountId customer;
  int page = 0;
  int selected = 0;
  int mark = 0;
  Nonce nonce;
  KALENDS_ACTION("ff", provider, customer, page, selected, mark, nonce)
};

// A provider's customers, to find what is shared with them.
struct ShowCustomers { int page = 0; KALENDS_ACTION("fg", page) };

// A provider's own terms.
struct ShowConsentDocuments { int page = 0; KALENDS_ACTION("ga", page) };
struct ShowConsentDocument { ConsentDocumentId document; KALENDS_ACTION("gb", document) };
struct AskConsentFile { ConsentDocumentId document; KALENDS_ACTION("gc", document) };  // Empty: a new one.
enum class Consent { kNone, kNeeded, kBlocking, kMaxValue = kBlocking };
struct SetConsent {
  ConsentDocumentId document;
  Consent consent;
  Nonce nonce;
  KALENDS_ACTION("gd", document, consent, nonce)
};
struct AskArchiveConsentDocument { ConsentDocumentId document; KALENDS_ACTION("ge", document) };
struct ArchiveConsentDocument { ConsentDocumentId document; Nonce nonce; KALENDS_ACTION("gf", document, nonce) };
struct ShowSignatures { ConsentDocumentId document; int page = 0; KALENDS_ACTION("gg", document, page) };
struct DownloadConsentDocument { ConsentDocumentId document; KALENDS_ACTION("gh", document) };

// clang-format on

}  // namespace kalends::telegram
