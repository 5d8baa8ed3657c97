// What a provider's customers are to agree to, from the provider's side (SPEC 3.10).
#pragma once

#include "adapters/telegram/actions/consent_documents.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/consent_service.pb.h"

namespace kalends::telegram {

inline constexpr int kConsentDocumentsPerPage = 8;
inline constexpr int kSignaturesPerPage = 15;

enum class TermList { kInForce, kArchived };
Screen ConsentDocumentsScreen(const Reader& reader, const Page<v1::ConsentDocument>& documents,
                              TermList list, bool has_archived = false);
// `heading`: HTML; may be empty.
Screen ConsentDocumentScreen(const Reader& reader, const v1::ConsentDocument& document, Nonce nonce,
                             const std::string& heading);
// Whether customers must sign it, and before what. `heading`: HTML; may be empty.
Screen AskConsentScreen(const Reader& reader, const v1::ConsentDocument& document, Nonce nonce,
                        const std::string& heading);
Screen SignersScreen(const Reader& reader, const v1::ConsentDocument& document, Signed which,
                     const Page<v1::CustomerConsent>& customers, Nonce nonce);
// `document`: of which a further version is asked for; nullptr: a new document.
Screen AskConsentFileScreen(const Reader& reader, const v1::ConsentDocument* document);
Screen AskArchiveConsentDocumentScreen(const Reader& reader, const v1::ConsentDocument& document,
                                       Nonce nonce);
Screen SignaturesScreen(const Reader& reader, const v1::ConsentDocument& document,
                        const Page<v1::ConsentRecord>& records);

}  // namespace kalends::telegram
