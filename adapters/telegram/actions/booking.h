// Requesting an appointment (SPEC 2.3).
#pragma once

#include <optional>

#include "adapters/telegram/action.h"
#include "date/date.h"

namespace kalends::telegram {

// clang-format off
struct ShowProviders { int page = 0; KALENDS_ACTION("rp", page) };
struct PickProvider { ProviderId provider; int page = 0; KALENDS_ACTION("rs", provider, page) };
struct PickService {
  ProviderId provider;
  ServiceId service;
  int page = 0;  // Of an organization's specialists.
  KALENDS_ACTION("rv", provider, service, page)
};
struct ShowMonth {
  Draft draft;
  std::optional<date::year_month> month;  // None: the first one with a free date.
  KALENDS_ACTION("rm", draft.provider, draft.service, draft.specialist, month)
};
struct PickDay {
  Draft draft;
  date::year_month_day day;
  int page = 0;
  KALENDS_ACTION("rd", draft.provider, draft.service, draft.specialist, day, page)
};
struct PickSlot {
  Draft draft;
  Minute start;
  KALENDS_ACTION("rt", draft.provider, draft.service, draft.specialist, start)
};
// Another time for what came to nothing, with the service kept.
struct RequestAgain { AppointmentId appointment; KALENDS_ACTION("rb", appointment) };
// What the customer wants the provider to know. The text itself is in the session.
struct AskNote {
  Draft draft;
  Minute start;
  KALENDS_ACTION("ro", draft.provider, draft.service, draft.specialist, start)
};
struct RemoveNote {
  Draft draft;
  Minute start;
  KALENDS_ACTION("rx", draft.provider, draft.service, draft.specialist, start)
};
struct ConfirmRequest {
  Draft draft;
  Minute start;
  Nonce nonce;
  KALENDS_ACTION("rc", draft.provider, draft.service, draft.specialist, start, nonce)
};
// The same, with the package that the same screen shows, which is in the session.
struct ConfirmPaidRequest {
  Draft draft;
  Minute start;
  Nonce nonce;
  KALENDS_ACTION("rq", draft.provider, draft.service, draft.specialist, start, nonce)
};
// Whether a package shall pay, where one could.
struct PayByPackage {
  Draft draft;
  Minute start;
  KALENDS_ACTION("ry", draft.provider, draft.service, draft.specialist, start)
};
struct PayWithoutPackage {
  Draft draft;
  Minute start;
  KALENDS_ACTION("rz", draft.provider, draft.service, draft.specialist, start)
};
// clang-format on

using BookingActions = Actions<ShowProviders, PickProvider, PickService, ShowMonth, PickDay,
                               PickSlot, RequestAgain, AskNote, RemoveNote, ConfirmRequest,
                               ConfirmPaidRequest, PayByPackage, PayWithoutPackage>;

}  // namespace kalends::telegram
