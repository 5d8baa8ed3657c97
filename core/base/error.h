// The one kind of error: an absl::Status that carries a Reason. The reason decides the code; a
// client switches on the reason's name, never on the sentence. What a refusal has to say beside its
// reason is in detail.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"

namespace kalends::core {

// Each has its row in error.cc and its value in proto/kalends/v1/errors.proto, which says when it
// comes.
enum class Reason {
  // Input.
  kInvalidField,
  kInvalidPageToken,
  kRequestIdReused,
  kAnswerErased,
  // Callers.
  kMissingKey,
  kUnknownKey,
  kExpiredKey,
  kLastAdminKey,
  kScopeMissing,
  kAccountMissing,
  kAccountUnknown,
  kAccountNotAllowed,
  // What is not there, or not for this caller.
  kNotFound,
  // Invitations.
  kInvitationUnknown,
  kInvitationExpired,
  kInvitationRevoked,
  kInvitationUsedUp,
  kOwnInvitation,
  // People.
  kAlreadyProvider,
  kProviderKindFixed,
  kNotASpecialist,
  kTimeZoneUnknown,
  kTimeZoneMissing,
  kSlugTaken,
  // Booking.
  kServiceArchived,
  kServiceRequired,
  kSpecialistNotOffering,
  kOutsideOpenHours,
  kOffGrid,
  kNoticeTooShort,
  kBeyondHorizon,
  kDailyCapReached,
  kSlotTaken,
  kWrongStatus,
  kNotStarted,
  kAlreadyStarted,
  kTooLateToCorrect,
  kTooLateToCancel,
  kProposalUnknown,
  kAlreadyPassed,
  // Documents.
  kEmptyFile,
  kFileTooLarge,
  kStorageFull,
  kStreamIdle,
  kGaveWay,
  kNotYourDocument,
  kDownloadUnknown,
  kDownloadExpired,
  kDownloadDeleted,
  kMasterKeyElsewhere,
  // Pages.
  kPictureUnreadable,
  kContrastTooLow,
  // Feeds.
  kFeedUnknown,
  kNotAProvider,
  // Consents.
  kConsentMissing,
  kConsentNotNeeded,
  kConsentDocumentArchived,
  kVersionOutdated,
  kSameVersion,
  // Money.
  kRefundExceedsPaid,
  // Packages.
  kPackageArchived,
  kPackageNotCovering,
  kPackageExpired,
  kPackageUsedUp,
  kPackageCancelled,
  kPackageInUse,
  // Links, chat, support, privacy.
  kProviderOnly,
  kCustomerOnly,
  kLinkRemoved,
  kLinkBlocked,
  kOpenAppointments,
  kTicketClosed,
  kRateLimited,
  // Change.
  kStaleEtag,
  kLimitReached,
  kLeaseLost,
  // Ours.
  kUnreadable,
  kBusy,
  kInternal,  // The last.
};
inline constexpr int kReasonCount = static_cast<int>(Reason::kInternal) + 1;

// A status with `reason`, its code and its sentence from the table in error.cc.
absl::Status Error(Reason reason);
// The same with a sentence of its own, for people; it may not hold private data.
absl::Status Error(Reason reason, std::string_view sentence);
// INVALID_FIELD: `field` is the path in the request, such as "service.duration"; `why` completes
// the sentence "<field> ...", such as "must be 5 to 1440 minutes". Both are its FieldViolation.
absl::Status InvalidField(std::string_view field, std::string_view why);
// INVALID_FIELD of what `list` names, or of what lies in it: now of its entry `index`, such as
// "service.specialists[2]". Any other status comes back as it is.
absl::Status InEntry(absl::Status status, std::string_view list, std::size_t index);
// What `check` says of each entry of a list, up to the first that it refuses.
template <typename Entries, typename Check>
absl::Status CheckEach(std::string_view list, const Entries& entries, Check check) {
  std::size_t index = 0;
  for (const auto& entry : entries) {
    if (absl::Status status = check(entry); !status.ok()) {
      return InEntry(std::move(status), list, index);
    }
    ++index;
  }
  return absl::OkStatus();
}
// LIMIT_REACHED, with the facts `limit`, which names what there are too many of ("services"), and
// `max`, how many there may be. `sentence` says it, and what helps.
absl::Status LimitReached(std::string_view limit, std::int64_t max, std::string_view sentence);
// Adds a plain fact, which goes into ErrorInfo.metadata as it is.
absl::Status WithMetadata(absl::Status status, std::string_view key, std::string_view value);

// nullopt: not one of ours.
std::optional<Reason> ReasonOf(const absl::Status& status);
// "SLOT_TAKEN"; empty when the status has no reason.
std::string ReasonName(const absl::Status& status);
std::string_view NameOf(Reason reason);
std::map<std::string, std::string> MetadataOf(const absl::Status& status);

}  // namespace kalends::core
