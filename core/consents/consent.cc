#include "core/consents/consent.h"

#include <algorithm>
#include <string>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"

namespace kalends::core {
namespace {

constexpr std::string_view kReadable[] = {
    "application/pdf",
    "text/plain",
    "image/jpeg",
    "image/png",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
};

bool IsGiven(const std::optional<ConsentRecord>& last) {
  return last && last->decision == ConsentDecision::kGiven;
}

}  // namespace

std::string_view NameOf(ConsentDecision decision) {
  return decision == ConsentDecision::kGiven ? "GIVEN" : "WITHDRAWN";
}

std::optional<ConsentDecision> ParseConsentDecision(std::string_view name) {
  for (const auto decision : {ConsentDecision::kGiven, ConsentDecision::kWithdrawn}) {
    if (NameOf(decision) == name) return decision;
  }
  return std::nullopt;
}

ConsentState StateOf(const ConsentDocument& document, const std::optional<ConsentRecord>& last) {
  if (!document.needs_consent) return ConsentState::kNotNeeded;
  const bool holds = IsGiven(last) && last->number == document.current.number;
  return holds ? ConsentState::kSigned : ConsentState::kPending;
}

bool HindersBooking(const ConsentDocument& document, const std::optional<ConsentRecord>& last) {
  return document.blocks_booking && !document.archived &&
         StateOf(document, last) == ConsentState::kPending;
}

absl::StatusOr<bool> DecideChange(const ConsentDocument& document,
                                  const std::optional<ConsentRecord>& last, int number,
                                  ConsentDecision decision) {
  if (decision == ConsentDecision::kWithdrawn) {
    if (!IsGiven(last)) return false;
    if (last->number != number) return Error(Reason::kVersionOutdated);
    return true;
  }
  if (document.archived) return Error(Reason::kConsentDocumentArchived);
  if (!document.needs_consent) return Error(Reason::kConsentNotNeeded);
  if (number != document.current.number) return Error(Reason::kVersionOutdated);
  return StateOf(document, last) != ConsentState::kSigned;
}

absl::Status CheckUnarchive(const ConsentUsage& used) {
  if (used.documents < kConsentDocumentsPerProviderMax) return absl::OkStatus();
  return LimitReached("consent_documents", kConsentDocumentsPerProviderMax,
                      "There are too many consent documents; archive some first.");
}

absl::Status CheckNewDocument(const ConsentUsage& used) {
  RETURN_IF_ERROR(CheckUnarchive(used));
  if (used.kept < kConsentDocumentsKeptMax) return absl::OkStatus();
  return LimitReached(
      "consent_documents_kept", kConsentDocumentsKeptMax,
      "There are too many consent documents, archived ones included; publish a version of "
      "one of them.");
}

absl::Status CheckBytes(const ConsentUsage& used, std::int64_t bytes) {
  if (used.bytes + bytes <= kConsentBytesPerProviderMax) return absl::OkStatus();
  return LimitReached("consent_bytes", kConsentBytesPerProviderMax,
                      "The consent documents take too much room together.");
}

absl::Status CheckFlags(std::string_view field, const ConsentDocument& document) {
  if (document.blocks_booking && !document.needs_consent) {
    return InvalidField(field, "goes with needs_consent only");
  }
  return absl::OkStatus();
}

bool IsReadable(std::string_view content_type) {
  return std::find(std::begin(kReadable), std::end(kReadable), content_type) != std::end(kReadable);
}

bool IsChannel(std::string_view channel) {
  return !channel.empty() && channel.size() <= kChannelBytesMax &&
         std::all_of(channel.begin(), channel.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

absl::Status CheckNewVersion(std::string_view content_type) {
  if (IsReadable(content_type)) return absl::OkStatus();
  return InvalidField("header.content_type",
                      "must be PDF, plain text, JPEG, PNG, Word or OpenDocument text");
}

absl::Status CheckNewDocument(const ConsentDocument& document, std::string_view content_type) {
  RETURN_IF_ERROR(CheckName("header.document.display_name", document.display_name));
  RETURN_IF_ERROR(CheckFlags("header.document.blocks_booking", document));
  return CheckNewVersion(content_type);
}

absl::Status CheckChanges(std::string_view channel, std::span<const ConsentDocumentId> documents) {
  if (documents.empty() || documents.size() > kConsentChangesMax) {
    return InvalidField("changes", "must be 1 to " + std::to_string(kConsentChangesMax));
  }
  if (!IsChannel(channel)) {
    return InvalidField("channel", "must be 1 to 20 lower-case letters, such as `telegram`");
  }
  const auto end = documents.end();
  for (auto at = documents.begin(); at != end; ++at) {
    if (std::find(documents.begin(), at, *at) == at) continue;
    return InEntry(InvalidField("changes", "must each be for another document"), "changes",
                   static_cast<std::size_t>(at - documents.begin()));
  }
  return absl::OkStatus();
}

}  // namespace kalends::core
