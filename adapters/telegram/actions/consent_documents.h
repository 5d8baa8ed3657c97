// What a provider's customers are to agree to (SPEC 3.10).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
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
// How each customer stands to it: those who have signed, or those who have not.
enum class Signed { kNo, kYes, kMaxValue = kYes };
struct ShowSigners {
  ConsentDocumentId document;
  Signed which;
  int page = 0;
  KALENDS_ACTION("gi", document, which, page)
};
struct RemindSigners { ConsentDocumentId document; Nonce nonce; KALENDS_ACTION("gj", document, nonce) };
struct AskConsent { ConsentDocumentId document; KALENDS_ACTION("gk", document) };
struct ShowArchivedConsentDocuments { int page = 0; KALENDS_ACTION("gl", page) };
struct RestoreConsentDocument { ConsentDocumentId document; Nonce nonce; KALENDS_ACTION("gm", document, nonce) };
struct DownloadConsentDocument { ConsentDocumentId document; KALENDS_ACTION("gh", document) };
// clang-format on

using ConsentDocumentsActions =
    Actions<ShowConsentDocuments, ShowConsentDocument, AskConsentFile, SetConsent,
            AskArchiveConsentDocument, ArchiveConsentDocument, ShowSignatures, ShowSigners,
            RemindSigners, AskConsent, ShowArchivedConsentDocuments, RestoreConsentDocument,
            DownloadConsentDocument>;

}  // namespace kalends::telegram
