// What a provider's customers are to agree to, from the provider's side (SPEC 3.10).
#pragma once

#include "adapters/telegram/actions/consent_documents.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/consent_service.pb.h"

namespace kalends::telegram {

inline constexpr int kConsentDocumentsPerPage = 8;
inline constexpr int kSignaturesPerPage = 15;

Screen ConsentDocumentsScreen(const Reader& reader, const Page<v1::ConsentDocument>& documents);
// `heading`: HTML; may be empty.
Screen ConsentDocumentScreen(const Reader& reader, const v1::ConsentDocument& document, Nonce nonce,
                             const std::string& heading);
// `document`: of which a further version is asked for; nullptr: a new document.
Screen AskConsentFileScreen(const Reader& reader, const v1::ConsentDocument* document);
Screen AskArchiveConsentDocumentScreen(const Reader& reader, const v1::ConsentDocument& document,
                                       Nonce nonce);
Screen SignaturesScreen(const Reader& reader, const v1::ConsentDocument& document,
                        const Page<v1::ConsentRecord>& records);

}  // namespace kalends::telegram
