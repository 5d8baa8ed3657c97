#include "core/base/error.h"

#include <string>
#include <utility>

#include "absl/strings/cord.h"
#include "core/base/detail.h"

namespace kalends::core {
namespace {

constexpr char kReasonUrl[] = "kalends/reason";
constexpr std::string_view kMetadataPrefix = "kalends/metadata/";

struct ErrorRow {
  Reason reason;
  std::string_view name;
  absl::StatusCode code;
  std::string_view sentence;
};

using Code = absl::StatusCode;

// In the order of the enum.
constexpr ErrorRow kErrors[] = {
    {Reason::kInvalidField, "INVALID_FIELD", Code::kInvalidArgument, "A field is not valid."},
    {Reason::kInvalidPageToken, "INVALID_PAGE_TOKEN", Code::kInvalidArgument,
     "The page token is not one of this list; start again without one."},
    {Reason::kRequestIdReused, "REQUEST_ID_REUSED", Code::kInvalidArgument,
     "This request_id was used before with other content; take a new one."},
    {Reason::kAnswerErased, "ANSWER_ERASED", Code::kFailedPrecondition,
     "The request was answered before, and is not done again; the answer went with an account that "
     "was deleted since."},
    {Reason::kMissingKey, "MISSING_KEY", Code::kUnauthenticated,
     "Send an API key: metadata `authorization: Bearer <key>`."},
    {Reason::kUnknownKey, "UNKNOWN_KEY", Code::kUnauthenticated,
     "The API key is unknown or revoked."},
    {Reason::kExpiredKey, "EXPIRED_KEY", Code::kUnauthenticated,
     "The API key has expired; have a new one made."},
    {Reason::kLastAdminKey, "LAST_ADMIN_KEY", Code::kFailedPrecondition,
     "This is the last admin key without an expiry; create another one first, then revoke this."},
    {Reason::kScopeMissing, "SCOPE_MISSING", Code::kPermissionDenied,
     "The API key's scopes do not allow this call."},
    {Reason::kAccountMissing, "ACCOUNT_MISSING", Code::kInvalidArgument,
     "Say for whom: metadata `kalends-account: accounts/{account}` or an identity."},
    {Reason::kAccountUnknown, "ACCOUNT_UNKNOWN", Code::kFailedPrecondition,
     "The account named in the metadata does not exist; ensure it first."},
    {Reason::kAccountNotAllowed, "ACCOUNT_NOT_ALLOWED", Code::kInvalidArgument,
     "This is done for nobody; leave out the metadata `kalends-account`."},
    {Reason::kNotFound, "NOT_FOUND", Code::kNotFound, "There is no such thing for this caller."},
    {Reason::kInvitationUnknown, "INVITATION_UNKNOWN", Code::kNotFound,
     "There is no such invitation; ask for a new link."},
    {Reason::kInvitationExpired, "INVITATION_EXPIRED", Code::kFailedPrecondition,
     "The invitation has expired; ask for a new link."},
    {Reason::kInvitationRevoked, "INVITATION_REVOKED", Code::kFailedPrecondition,
     "The invitation was revoked; ask for a new link."},
    {Reason::kInvitationUsedUp, "INVITATION_USED_UP", Code::kFailedPrecondition,
     "The invitation has been used as often as it may; ask for a new link."},
    {Reason::kOwnInvitation, "OWN_INVITATION", Code::kFailedPrecondition,
     "This is your own invitation; it is for your customers."},
    {Reason::kAlreadyProvider, "ALREADY_PROVIDER", Code::kAlreadyExists,
     "The account is registered as this kind of provider already."},
    {Reason::kProviderKindFixed, "PROVIDER_KIND_FIXED", Code::kFailedPrecondition,
     "An account is a specialist or an organization, never both; use a second account."},
    {Reason::kNotASpecialist, "NOT_A_SPECIALIST", Code::kFailedPrecondition,
     "Only a specialist can join the staff; register as a specialist first."},
    {Reason::kTimeZoneUnknown, "TIME_ZONE_UNKNOWN", Code::kInvalidArgument,
     "The time zone is neither an IANA name such as Europe/Berlin nor an offset from UTC-12:00 to "
     "UTC+14:00 such as UTC+05:45; SearchTimeZones finds the zone of a city."},
    {Reason::kTimeZoneMissing, "TIME_ZONE_MISSING", Code::kFailedPrecondition,
     "A provider has a time zone: name one, or set the account's first."},
    {Reason::kSlugTaken, "SLUG_TAKEN", Code::kAlreadyExists,
     "Somebody else has this address for their page; choose another."},
    {Reason::kServiceArchived, "SERVICE_ARCHIVED", Code::kFailedPrecondition,
     "The service is no longer offered."},
    {Reason::kServiceRequired, "SERVICE_REQUIRED", Code::kFailedPrecondition,
     "The request has no service yet; name it when accepting."},
    {Reason::kSpecialistNotOffering, "SPECIALIST_NOT_OFFERING", Code::kFailedPrecondition,
     "The specialist does not offer this service."},
    {Reason::kOutsideOpenHours, "OUTSIDE_OPEN_HOURS", Code::kFailedPrecondition,
     "The time is not wholly inside the specialist's open hours."},
    {Reason::kOffGrid, "OFF_GRID", Code::kFailedPrecondition,
     "The time is not one of the starts the service offers."},
    {Reason::kNoticeTooShort, "NOTICE_TOO_SHORT", Code::kFailedPrecondition,
     "The time is too soon for the service's minimum notice."},
    {Reason::kBeyondHorizon, "BEYOND_HORIZON", Code::kFailedPrecondition,
     "The time is further ahead than the service can be booked."},
    {Reason::kDailyCapReached, "DAILY_CAP_REACHED", Code::kFailedPrecondition,
     "The specialist takes no more appointments on that day."},
    {Reason::kSlotTaken, "SLOT_TAKEN", Code::kFailedPrecondition,
     "The time was taken in between; choose another."},
    {Reason::kWrongStatus, "WRONG_STATUS", Code::kFailedPrecondition,
     "The appointment's status does not allow this."},
    {Reason::kNotStarted, "NOT_STARTED", Code::kFailedPrecondition,
     "The appointment has not started yet."},
    {Reason::kAlreadyStarted, "ALREADY_STARTED", Code::kFailedPrecondition,
     "The appointment's start has passed."},
    {Reason::kTooLateToCorrect, "TOO_LATE_TO_CORRECT", Code::kFailedPrecondition,
     "Completed and missed can be corrected for 30 days only."},
    {Reason::kTooLateToCancel, "TOO_LATE_TO_CANCEL", Code::kFailedPrecondition,
     "The cancellation deadline has passed; please talk to the provider."},
    {Reason::kProposalUnknown, "PROPOSAL_UNKNOWN", Code::kFailedPrecondition,
     "That time was not proposed, or no longer is."},
    {Reason::kAlreadyPassed, "ALREADY_PASSED", Code::kFailedPrecondition, "That time has passed."},
    {Reason::kEmptyFile, "EMPTY_FILE", Code::kInvalidArgument, "The file is empty."},
    {Reason::kFileTooLarge, "FILE_TOO_LARGE", Code::kResourceExhausted,
     "The file is larger than 50 MB."},
    {Reason::kStorageFull, "STORAGE_FULL", Code::kResourceExhausted,
     "There is no room left to store files; nothing was saved."},
    {Reason::kStreamIdle, "STREAM_IDLE", Code::kDeadlineExceeded,
     "The stream moved too slowly, or was open for too long; start again."},
    {Reason::kGaveWay, "GAVE_WAY", Code::kUnavailable,
     "There was no place left for somebody who had none, and you had several, or were waited for "
     "longest; try the same again."},
    {Reason::kNotYourDocument, "NOT_YOUR_DOCUMENT", Code::kPermissionDenied,
     "Only the side that uploaded a document may delete it."},
    {Reason::kDownloadUnknown, "DOWNLOAD_UNKNOWN", Code::kNotFound,
     "There is no such download; ask for a new link."},
    {Reason::kDownloadExpired, "DOWNLOAD_EXPIRED", Code::kFailedPrecondition,
     "The download link has expired; ask for a new one."},
    {Reason::kDownloadDeleted, "DOWNLOAD_DELETED", Code::kFailedPrecondition,
     "The document has been deleted."},
    {Reason::kMasterKeyElsewhere, "MASTER_KEY_ELSEWHERE", Code::kFailedPrecondition,
     "The master key comes from the environment: put a new one before it there, and restart."},
    {Reason::kPictureUnreadable, "PICTURE_UNREADABLE", Code::kInvalidArgument,
     "This is no JPEG or PNG that can be shown; send another picture."},
    {Reason::kContrastTooLow, "CONTRAST_TOO_LOW", Code::kInvalidArgument,
     "Text of this colour could not be read on the page; take a darker one."},
    {Reason::kFeedUnknown, "FEED_UNKNOWN", Code::kNotFound,
     "There is no such calendar; subscribe to it anew."},
    {Reason::kNotAProvider, "NOT_A_PROVIDER", Code::kFailedPrecondition,
     "Only a provider has a calendar of what is booked with it."},
    {Reason::kConsentMissing, "CONSENT_MISSING", Code::kFailedPrecondition,
     "The provider asks for consent before booking."},
    {Reason::kConsentNotNeeded, "CONSENT_NOT_NEEDED", Code::kFailedPrecondition,
     "The document needs no consent."},
    {Reason::kConsentDocumentArchived, "CONSENT_DOCUMENT_ARCHIVED", Code::kFailedPrecondition,
     "The consent document is archived."},
    {Reason::kVersionOutdated, "VERSION_OUTDATED", Code::kFailedPrecondition,
     "There is another version of the document by now; read that one first."},
    {Reason::kSameVersion, "SAME_VERSION", Code::kFailedPrecondition,
     "These are the bytes of the present version."},
    {Reason::kRefundExceedsPaid, "REFUND_EXCEEDS_PAID", Code::kFailedPrecondition,
     "More would be paid back than was paid."},
    {Reason::kPackageArchived, "PACKAGE_ARCHIVED", Code::kFailedPrecondition,
     "The package is no longer offered."},
    {Reason::kPackageNotCovering, "PACKAGE_NOT_COVERING", Code::kFailedPrecondition,
     "The package does not have this service."},
    {Reason::kPackageExpired, "PACKAGE_EXPIRED", Code::kFailedPrecondition,
     "The package is not valid any more at that time."},
    {Reason::kPackageUsedUp, "PACKAGE_USED_UP", Code::kFailedPrecondition,
     "No visit of the package is left."},
    {Reason::kPackageCancelled, "PACKAGE_CANCELLED", Code::kFailedPrecondition,
     "The sale of the package was taken back."},
    {Reason::kPackageInUse, "PACKAGE_IN_USE", Code::kFailedPrecondition,
     "A visit of the package is used or taken."},
    {Reason::kProviderOnly, "PROVIDER_ONLY", Code::kPermissionDenied,
     "Only the provider may do this."},
    {Reason::kCustomerOnly, "CUSTOMER_ONLY", Code::kPermissionDenied,
     "Only the customer may do this."},
    {Reason::kLinkRemoved, "LINK_REMOVED", Code::kFailedPrecondition,
     "The customer took this provider off their list; an invitation brings it back."},
    {Reason::kLinkBlocked, "LINK_BLOCKED", Code::kFailedPrecondition,
     "The provider has blocked this customer."},
    {Reason::kOpenAppointments, "OPEN_APPOINTMENTS", Code::kFailedPrecondition,
     "There are open appointments; cancel them first."},
    {Reason::kTicketClosed, "TICKET_CLOSED", Code::kFailedPrecondition,
     "The ticket is closed; open a new one."},
    {Reason::kRateLimited, "RATE_LIMITED", Code::kResourceExhausted,
     "Too much was sent in a short time; try again a little later."},
    {Reason::kStaleEtag, "STALE_ETAG", Code::kAborted,
     "It changed since it was read; read it again."},
    {Reason::kLimitReached, "LIMIT_REACHED", Code::kResourceExhausted, "A limit is reached."},
    {Reason::kLeaseLost, "LEASE_LOST", Code::kFailedPrecondition,
     "The notification is not leased to this caller any more."},
    {Reason::kUnreadable, "UNREADABLE", Code::kDataLoss,
     "It is damaged where it is stored, and cannot be read; the log names it."},
    {Reason::kBusy, "BUSY", Code::kUnavailable, "The store is busy; try again."},
    {Reason::kInternal, "INTERNAL", Code::kInternal,
     "A fault on our side; it has been logged. The same may be sent again, with the same "
     "request_id."},
};

constexpr bool HasARowForEachReason() {
  int place = 0;
  for (const ErrorRow& row : kErrors) {
    if (row.reason != static_cast<Reason>(place++)) return false;
  }
  return place == kReasonCount;
}
static_assert(HasARowForEachReason(), "a reason has no row here, or not in the enum's order");

const ErrorRow& RowOf(Reason reason) { return kErrors[static_cast<std::size_t>(reason)]; }

}  // namespace

absl::Status Error(Reason reason) { return Error(reason, RowOf(reason).sentence); }

absl::Status Error(Reason reason, std::string_view sentence) {
  const ErrorRow& row = RowOf(reason);
  absl::Status status(row.code, absl::string_view(sentence.data(), sentence.size()));
  status.SetPayload(kReasonUrl, absl::Cord(absl::string_view(row.name.data(), row.name.size())));
  return status;
}

absl::Status InvalidField(std::string_view field, std::string_view why) {
  std::string sentence(field);
  sentence.append(" ").append(why).append(".");
  return WithDetail(Error(Reason::kInvalidField, sentence),
                    FieldViolation{std::string(field), std::string(why)});
}

absl::Status InEntry(absl::Status status, std::string_view list, std::size_t index) {
  const auto violation = DetailOf<FieldViolation>(status);
  if (!violation || !violation->field.starts_with(list)) return status;
  const std::string_view within = std::string_view(violation->field).substr(list.size());
  if (!within.empty() && within.front() != '.') return status;
  std::string field(list);
  field.append("[").append(std::to_string(index)).append("]").append(within);
  return InvalidField(field, violation->description);
}

absl::Status LimitReached(std::string_view limit, std::int64_t max, std::string_view sentence) {
  absl::Status status = WithMetadata(Error(Reason::kLimitReached, sentence), "limit", limit);
  return WithMetadata(std::move(status), "max", std::to_string(max));
}

absl::Status WithMetadata(absl::Status status, std::string_view key, std::string_view value) {
  std::string url(kMetadataPrefix);
  url.append(key);
  status.SetPayload(url, absl::Cord(absl::string_view(value.data(), value.size())));
  return status;
}

std::optional<Reason> ReasonOf(const absl::Status& status) {
  const std::string name = ReasonName(status);
  for (const ErrorRow& row : kErrors) {
    if (row.name == name) return row.reason;
  }
  return std::nullopt;
}

std::string ReasonName(const absl::Status& status) {
  const auto payload = status.GetPayload(kReasonUrl);
  return payload ? std::string(*payload) : std::string();
}

std::string_view NameOf(Reason reason) { return RowOf(reason).name; }

std::map<std::string, std::string> MetadataOf(const absl::Status& status) {
  std::map<std::string, std::string> metadata;
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& value) {
    const std::string_view name(url.data(), url.size());
    if (!name.starts_with(kMetadataPrefix)) return;
    metadata.emplace(name.substr(kMetadataPrefix.size()), std::string(value));
  });
  return metadata;
}

}  // namespace kalends::core
