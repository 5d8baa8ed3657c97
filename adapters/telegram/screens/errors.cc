// One text for each of the core's reasons, saying what to do next. Declared in common.h.
#include <algorithm>
#include <iterator>

#include "adapters/telegram/actions/home.h"
#include "adapters/telegram/screens/common.h"
#include "adapters/telegram/status.h"

namespace kalends::telegram {
namespace {

// A fault on our side, as far as whoever reads it can tell: also for reasons on no way that the bot
// takes.
constexpr char kGeneral[] = "error.internal";

struct ErrorRow {
  v1::Reason reason;
  const char* key;
};

constexpr ErrorRow kErrors[] = {
    {v1::REASON_INVALID_FIELD, "error.invalid_field"},
    {v1::REASON_INVALID_PAGE_TOKEN, "error.stale_screen"},
    {v1::REASON_REQUEST_ID_REUSED, "error.stale_screen"},
    {v1::REASON_ANSWER_ERASED, "error.stale_screen"},
    {v1::REASON_ACCOUNT_UNKNOWN, "error.account_unknown"},
    {v1::REASON_NOT_FOUND, "error.not_found"},
    {v1::REASON_INVITATION_UNKNOWN, "error.invitation_unknown"},
    {v1::REASON_INVITATION_EXPIRED, "error.invitation_expired"},
    {v1::REASON_INVITATION_REVOKED, "error.invitation_revoked"},
    {v1::REASON_INVITATION_USED_UP, "error.invitation_used_up"},
    {v1::REASON_OWN_INVITATION, "error.own_invitation"},
    {v1::REASON_ALREADY_PROVIDER, "error.already_provider"},
    {v1::REASON_PROVIDER_KIND_FIXED, "error.provider_kind_fixed"},
    {v1::REASON_NOT_A_SPECIALIST, "error.not_a_specialist"},
    {v1::REASON_TIME_ZONE_UNKNOWN, "error.time_zone_unknown"},
    {v1::REASON_TIME_ZONE_MISSING, "error.time_zone_missing"},
    {v1::REASON_SERVICE_ARCHIVED, "error.service_archived"},
    {v1::REASON_SERVICE_REQUIRED, "error.service_required"},
    {v1::REASON_SPECIALIST_NOT_OFFERING, "error.specialist_not_offering"},
    {v1::REASON_OUTSIDE_OPEN_HOURS, "error.outside_open_hours"},
    {v1::REASON_OFF_GRID, "error.off_grid"},
    {v1::REASON_NOTICE_TOO_SHORT, "error.notice_too_short"},
    {v1::REASON_BEYOND_HORIZON, "error.beyond_horizon"},
    {v1::REASON_DAILY_CAP_REACHED, "error.daily_cap_reached"},
    {v1::REASON_SLOT_TAKEN, "error.slot_taken"},
    {v1::REASON_WRONG_STATUS, "error.wrong_status"},
    {v1::REASON_NOT_STARTED, "error.not_started"},
    {v1::REASON_ALREADY_STARTED, "error.already_started"},
    {v1::REASON_TOO_LATE_TO_CORRECT, "error.too_late_to_correct"},
    {v1::REASON_TOO_LATE_TO_CANCEL, "error.too_late_to_cancel"},
    {v1::REASON_PROPOSAL_UNKNOWN, "error.proposal_unknown"},
    {v1::REASON_ALREADY_PASSED, "error.already_passed"},
    {v1::REASON_EMPTY_FILE, "error.empty_file"},
    {v1::REASON_FILE_TOO_LARGE, "error.file_too_large"},
    {v1::REASON_STORAGE_FULL, "error.storage_full"},
    {v1::REASON_UNREADABLE, "error.unreadable"},
    {v1::REASON_STREAM_IDLE, "error.unavailable"},
    {v1::REASON_GAVE_WAY, "error.unavailable"},
    {v1::REASON_NOT_YOUR_DOCUMENT, "error.not_your_document"},
    {v1::REASON_CONSENT_MISSING, "error.consent_missing"},
    {v1::REASON_PACKAGE_ARCHIVED, "error.package_archived"},
    {v1::REASON_PACKAGE_NOT_COVERING, "error.package_not_covering"},
    {v1::REASON_PACKAGE_EXPIRED, "error.package_expired"},
    {v1::REASON_PACKAGE_USED_UP, "error.package_used_up"},
    {v1::REASON_PACKAGE_CANCELLED, "error.package_cancelled"},
    {v1::REASON_PACKAGE_IN_USE, "error.package_in_use"},
    {v1::REASON_CONSENT_NOT_NEEDED, "error.stale_screen"},
    {v1::REASON_CONSENT_DOCUMENT_ARCHIVED, "error.stale_screen"},
    {v1::REASON_VERSION_OUTDATED, "error.version_outdated"},
    {v1::REASON_SAME_VERSION, "error.same_version"},
    {v1::REASON_PROVIDER_ONLY, "error.provider_only"},
    {v1::REASON_CUSTOMER_ONLY, "error.customer_only"},
    {v1::REASON_LINK_REMOVED, "error.link_removed"},
    {v1::REASON_LINK_BLOCKED, "error.link_blocked"},
    {v1::REASON_OPEN_APPOINTMENTS, "error.open_appointments"},
    {v1::REASON_TICKET_CLOSED, "error.ticket_closed"},
    {v1::REASON_RATE_LIMITED, "error.rate_limited"},
    {v1::REASON_STALE_ETAG, "error.stale_etag"},
    {v1::REASON_LIMIT_REACHED, "error.limit_reached"},
    {v1::REASON_BUSY, "error.unavailable"},
    {v1::REASON_UNSPECIFIED, kGeneral},
    {v1::REASON_MISSING_KEY, kGeneral},
    {v1::REASON_UNKNOWN_KEY, kGeneral},
    {v1::REASON_EXPIRED_KEY, kGeneral},
    {v1::REASON_LAST_ADMIN_KEY, kGeneral},
    {v1::REASON_SCOPE_MISSING, kGeneral},
    {v1::REASON_ACCOUNT_MISSING, kGeneral},
    {v1::REASON_ACCOUNT_NOT_ALLOWED, kGeneral},
    {v1::REASON_SLUG_TAKEN, "error.slug_taken"},
    {v1::REASON_PICTURE_UNREADABLE, "error.picture_unreadable"},
    {v1::REASON_CONTRAST_TOO_LOW, "error.contrast_too_low"},
    {v1::REASON_FEED_UNKNOWN, kGeneral},
    {v1::REASON_NOT_A_PROVIDER, kGeneral},
    {v1::REASON_DOWNLOAD_UNKNOWN, kGeneral},
    {v1::REASON_DOWNLOAD_EXPIRED, kGeneral},
    {v1::REASON_DOWNLOAD_DELETED, kGeneral},
    {v1::REASON_MASTER_KEY_ELSEWHERE, kGeneral},
    {v1::REASON_REFUND_EXCEEDS_PAID, "error.refund_exceeds_paid"},
    {v1::REASON_LEASE_LOST, kGeneral},
    {v1::REASON_INTERNAL, kGeneral},
};

// Limits that a chat can reach. What is counted in bytes is told in megabytes.
struct LimitRow {
  std::string_view limit;
  const char* key;
  std::int64_t unit;
};
constexpr LimitRow kLimits[] = {
    {"open_requests", "limit.open_requests", 1},
    {"services", "limit.services", 1},
    {"pictures", "limit.pictures", 1},
    {"slugs", "limit.slugs", 1},
    {"invitations", "limit.invitations", 1},
    {"tickets", "limit.tickets", 1},
    {"documents", "limit.documents", 1},
    {"document_bytes", "limit.document_bytes", 1 << 20},
    {"consent_documents", "limit.consent_documents", 1},
    {"consent_versions", "limit.consent_versions", 1},
    {"weekly_hours", "limit.weekly_hours", 1},
    {"packages", "limit.packages", 1},
    {"sold_packages", "limit.sold_packages", 1},
};

constexpr bool HasOneRowForEachReason() {
  for (int reason = 0; reason < v1::Reason_ARRAYSIZE; ++reason) {
    const auto is_of = [reason](const ErrorRow& row) { return row.reason == reason; };
    if (std::count_if(std::begin(kErrors), std::end(kErrors), is_of) != 1) return false;
  }
  return true;
}
static_assert(HasOneRowForEachReason(), "a reason of errors.proto has no text here, or two");

std::string KeyOf(const absl::Status& status) {
  if (std::string own = OwnTextOf(status); !own.empty()) return own;
  const v1::Reason reason = ReasonOf(status);
  // Without a reason it never reached the core.
  const bool unreachable = absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status);
  if (reason == v1::REASON_UNSPECIFIED && unreachable) return "error.unavailable";
  const auto is_of = [reason](const ErrorRow& row) { return row.reason == reason; };
  return std::find_if(std::begin(kErrors), std::end(kErrors), is_of)->key;
}

}  // namespace

std::string ErrorText(const Reader& reader, const absl::Status& status) {
  if (const auto delay = RetryDelayOf(status); delay.count() > 0) {
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(delay);
    return reader.t().Html("error.rate_limited_for", {{"wait", reader.t().Duration(minutes)}});
  }
  const ReachedLimit limit = LimitOf(status);
  for (const LimitRow& row : kLimits) {
    if (row.limit != limit.what) continue;
    return reader.t().Html(row.key, {{"max", std::to_string(limit.max / row.unit)}});
  }
  return reader.t().Html(KeyOf(status).c_str());
}

Screen ErrorScreen(const Reader& reader, const absl::Status& status, const Action& back) {
  Screen screen{.text = ErrorText(reader, status), .rows = {}};
  if (!back.Is<ShowHome>()) screen.rows.push_back({BackButton(reader, back)});
  screen.rows.push_back({HomeButton(reader)});
  return screen;
}

}  // namespace kalends::telegram
