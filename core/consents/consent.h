// Who agreed to which version of a provider's document, and whether it still holds.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/base/id.h"
#include "core/base/time.h"

namespace kalends::core {

// A published version; never changes.
struct ConsentVersion {
  int number = 1;      // From 1, one more each time.
  std::string sha256;  // Of the bytes; 32 bytes.
  std::string file_name;
  std::string content_type;
  std::int64_t size_bytes = 0;
  std::string blob;  // Id of its bytes; empty: erased with its provider.
  Instant created;
};

struct ConsentDocument {
  ConsentDocumentId id;
  ProviderId provider;
  std::string display_name;
  bool needs_consent = false;
  bool blocks_booking = false;  // Only with needs_consent.
  bool archived = false;
  ConsentVersion current;
  Instant created;
  std::int64_t version = 1;  // Of this row: the etag.
};

enum class ConsentDecision { kGiven, kWithdrawn };
std::string_view NameOf(ConsentDecision decision);
std::optional<ConsentDecision> ParseConsentDecision(std::string_view name);

// One line of the record, which is never changed.
struct ConsentRecord {
  ConsentRecordId id;  // Grows with time.
  ProviderId provider;
  AccountId customer;
  ConsentDocumentId document;
  int number = 1;  // The version.
  ConsentDecision decision = ConsentDecision::kGiven;
  Instant when;
  std::string channel;
};

enum class ConsentState { kNotNeeded, kPending, kSigned };
// `last` is the customer's latest record for the document; nullopt: none.
ConsentState StateOf(const ConsentDocument& document, const std::optional<ConsentRecord>& last);

// Whether the customer must sign it before booking.
bool HindersBooking(const ConsentDocument& document, const std::optional<ConsentRecord>& last);

// Decides about giving or withdrawing consent to version `number`. True: a line is to be recorded;
// false: it is so already. Refuses to give with, in this order: CONSENT_DOCUMENT_ARCHIVED,
// CONSENT_NOT_NEEDED, VERSION_OUTDATED. Withdrawing what was given is never refused, also after the
// document was archived or got a new version; but of another version than given: VERSION_OUTDATED.
absl::StatusOr<bool> DecideChange(const ConsentDocument& document,
                                  const std::optional<ConsentRecord>& last, int number,
                                  ConsentDecision decision);

// What a provider's documents take.
struct ConsentUsage {
  int documents = 0;       // That are not archived.
  int kept = 0;            // With those that are: they stay on record.
  std::int64_t bytes = 0;  // Of all versions of all that are kept.
};
// Whether one more may leave the archive: LIMIT_REACHED.
absl::Status CheckUnarchive(const ConsentUsage& used);
// Whether a new one may be published: LIMIT_REACHED.
absl::Status CheckNewDocument(const ConsentUsage& used);
// Whether a further version of `bytes` fits: LIMIT_REACHED.
absl::Status CheckBytes(const ConsentUsage& used, std::int64_t bytes);

// INVALID_FIELD: a document that blocks booking without needing consent. `field` is the path of
// that flag in the request.
absl::Status CheckFlags(std::string_view field, const ConsentDocument& document);
// Whether bytes of this media type can be a consent document: what a customer can read and keep.
bool IsReadable(std::string_view content_type);
// 1 to kChannelBytesMax lower-case letters.
bool IsChannel(std::string_view channel);

// What can be refused of what is published, before the bytes are there: INVALID_FIELD, by the field
// of the contract's header. Of a version the media type alone.
absl::Status CheckNewVersion(std::string_view content_type);
absl::Status CheckNewDocument(const ConsentDocument& document, std::string_view content_type);

// Whether consents to these documents may be changed in one call, as said in `channel`:
// INVALID_FIELD where there are none or more than kConsentChangesMax, or one is named twice.
absl::Status CheckChanges(std::string_view channel, std::span<const ConsentDocumentId> documents);

}  // namespace kalends::core
