// What a customer agrees to (SPEC 2.8), and what hinders a request until they do (4.5).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
// Rows to tick: bit i of `selected` is row i of the page. `mark` is MarkOf the rows, so that a list
// which changed since it was drawn is noticed; see screens/ticks.h.
struct ShowConsents {
  ProviderId provider;
  int page = 0;
  int selected = 0;
  int mark = 0;
  KALENDS_ACTION("ta", provider, page, selected, mark)
};
struct DownloadConsents {
  ProviderId provider;
  int page = 0;
  int selected = 0;
  int mark = 0;
  KALENDS_ACTION("tb", provider, page, selected, mark)
};
struct AskChangeConsents {
  ProviderId provider;
  int page = 0;
  int selected = 0;
  int mark = 0;
  KALENDS_ACTION("tc", provider, page, selected, mark)
};
struct ChangeConsents {
  ProviderId provider;
  int page = 0;
  int selected = 0;
  int mark = 0;
  Nonce nonce;
  KALENDS_ACTION("td", provider, page, selected, mark, nonce)
};
// What hinders a request; afterwards the request goes on where it was.
struct DownloadMissing {
  Draft draft;
  Minute start;
  KALENDS_ACTION("te", draft.provider, draft.service, draft.specialist, start)
};
struct SignMissing {
  Draft draft;
  Minute start;
  int mark = 0;
  KALENDS_ACTION("tf", draft.provider, draft.service, draft.specialist, start, mark)
};
// What hinders taking a proposed time; afterwards that time can be taken.
struct DownloadMissingFor {
  AppointmentId appointment;
  Minute start;
  KALENDS_ACTION("th", appointment, start)
};
struct SignMissingFor {
  AppointmentId appointment;
  Minute start;
  int mark = 0;
  KALENDS_ACTION("ti", appointment, start, mark)
};
// clang-format on

using ConsentsActions = Actions<ShowConsents, DownloadConsents, AskChangeConsents, ChangeConsents,
                                DownloadMissing, SignMissing, DownloadMissingFor, SignMissingFor>;

}  // namespace kalends::telegram
