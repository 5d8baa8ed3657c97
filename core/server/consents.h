// Consent documents, consents and their messages.
#pragma once

#include <string>

#include "core/app/consents.h"
#include "core/server/listing.h"
#include "kalends/v1/consent_service.pb.h"
#include "kalends/v1/errors.pb.h"

namespace kalends::server {

std::string ConsentDocumentName(core::ProviderId provider, core::ConsentDocumentId id);
std::string ConsentVersionName(const core::ConsentVersionRef& ref);

void Encode(const core::ConsentDocument& document, v1::ConsentDocument* message);
void Encode(const core::ConsentDocument& document, const core::ConsentVersion& version,
            v1::ConsentVersion* message);
void Encode(const app::MissingConsents::Document& missing, v1::MissingConsents::Document* message);
void Encode(const app::ConsentView& view, v1::Consent* message);
void Encode(const app::ConsentDocumentView& view, v1::ConsentDocument* message);
void Encode(const app::CustomerConsentView& view, v1::CustomerConsent* message);
void Encode(const app::ConsentRecordView& view, v1::ConsentRecord* message);

// The oldest first.
using ConsentDocumentListing =
    Listing<core::ConsentDocument, core::ConsentDocumentId, v1::ConsentDocument>;
ConsentDocumentListing ConsentDocumentsOf(core::ProviderId provider, storage::Archived archived);
// The newest first.
using ConsentVersionListing = Listing<core::ConsentVersion, int, v1::ConsentVersion>;
ConsentVersionListing ConsentVersionsOf(core::ProviderId provider, core::ConsentDocumentId id);
// The newest first.
using ConsentRecordListing =
    Listing<app::ConsentRecordView, core::ConsentRecordId, v1::ConsentRecord>;
ConsentRecordListing ConsentRecordsOf(core::ProviderId provider,
                                      const storage::ConsentRecordFilter& filter);

}  // namespace kalends::server
