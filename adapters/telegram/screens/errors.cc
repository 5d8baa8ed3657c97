// One text for each of the core's reasons, saying what to do next. Declared in common.h.
#include "adapters/telegram/actions/home.h"
#include "adapters/telegram/screens/common.h"
#include "adapters/telegram/status.h"

namespace kalends::telegram {
namespace {

struct ErrorRow {
  std::string_view reason;
  const char* key;
};

constexpr ErrorRow kErrors[] = {
    {"INVALID_FIELD", "error.invalid_field"},
    {"NOT_FOUND", "error.not_found"},
    {"ACCOUNT_UNKNOWN", "error.account_unknown"},
    {"INVITATION_UNKNOWN", "error.invitation_unknown"},
    {"INVITATION_EXPIRED", "error.invitation_expired"},
    {"INVITATION_REVOKED", "error.invitation_revoked"},
    {"INVITATION_USED_UP", "error.invitation_used_up"},
    {"OWN_INVITATION", "error.own_invitation"},
    {"ALREADY_PROVIDER", "error.already_provider"},
    {"PROVIDER_KIND_FIXED", "error.provider_kind_fixed"},
    {"NOT_A_SPECIALIST", "error.not_a_specialist"},
    {"TIME_ZONE_UNKNOWN", "error.time_zone_unknown"},
    {"NOT_LINKED", "error.not_linked"},
    {"SERVICE_ARCHIVED", "error.service_archived"},
    {"SERVICE_REQUIRED", "error.service_required"},
    {"SPECIALIST_NOT_OFFERING", "error.specialist_not_offering"},
    {"OUTSIDE_OPEN_HOURS", "error.outside_open_hours"},
    {"OFF_GRID", "error.off_grid"},
    {"NOTICE_TOO_SHORT", "error.notice_too_short"},
    {"BEYOND_HORIZON", "error.beyond_horizon"},
    {"DAILY_CAP_REACHED", "error.daily_cap_reached"},
    {"SLOT_TAKEN", "error.slot_taken"},
    {"WRONG_STATUS", "error.wrong_status"},
    {"NOT_STARTED", "error.not_started"},
    {"ALREADY_STARTED", "error.already_started"},
    {"TOO_LATE_TO_CORRECT", "error.too_late_to_correct"},
    {"TOO_LATE_TO_CANCEL", "error.too_late_to_cancel"},
    {"PROPOSAL_UNKNOWN", "error.proposal_unknown"},
    {"ALREADY_PASSED", "error.already_passed"},
    {"STALE_ETAG", "error.stale_etag"},
    {"REQUEST_ID_REUSED", "error.stale_screen"},
    {"INVALID_PAGE_TOKEN", "error.stale_screen"},
    {"LIMIT_REACHED", "error.limit_reached"},
    {"BUSY", "error.unavailable"},
    {"LINK_REMOVED", "error.link_removed"},
    {"LINK_BLOCKED", "error.link_blocked"},
    {"OPEN_APPOINTMENTS", "error.open_appointments"},
    {"TICKET_CLOSED", "error.ticket_closed"},
    {"RATE_LIMITED", "error.rate_limited"},
    {"PROVIDER_ONLY", "error.provider_only"},
    {"EMPTY_FILE", "error.empty_file"},
    {"TELEGRAM_FILE_TOO_LARGE", "error.telegram_file_too_large"},
    {"FILE_TOO_LARGE", "error.file_too_large"},
    {"STORAGE_FULL", "error.storage_full"},
    {"STREAM_IDLE", "error.unavailable"},
    {"NOT_YOUR_DOCUMENT", "error.not_your_document"},
    {"VERSION_OUTDATED", "error.version_outdated"},
    {"CONSENT_NOT_NEEDED", "error.stale_screen"},
    {"CONSENT_DOCUMENT_ARCHIVED", "error.stale_screen"},
    {"SAME_VERSION", "error.same_version"},
    {"TERM_FILE_TYPE", "error.term_file_type"},
    {"CONSENT_MISSING", "error.consent_missing"},
};

const char* KeyOf(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  for (const ErrorRow& row : kErrors) {
    if (row.reason == reason) return row.key;
  }
  // Without a reason it never reached the core.
  const bool unreachable = absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status);
  return unreachable ? "error.unavailable" : "error.internal";
}

}  // namespace

std::string ErrorText(const Reader& reader, const absl::Status& status) {
  if (const auto delay = RetryDelayOf(status); delay.count() > 0) {
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(delay);
    return reader.t().Html("error.rate_limited_for", {{"wait", reader.t().Duration(minutes)}});
  }
  return reader.t().Html(KeyOf(status));
}

Screen ErrorScreen(const Reader& reader, const absl::Status& status, const Action& back) {
  Screen screen{.text = ErrorText(reader, status), .rows = {}};
  if (!back.Is<ShowHome>()) screen.rows.push_back({BackButton(reader, back)});
  screen.rows.push_back({HomeButton(reader)});
  return screen;
}

}  // namespace kalends::telegram
