// A request whose proposed times are all declined: a new one to the same provider takes its place.
#pragma once

#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/turn.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {

// A new request begins; it takes no other's place.
void BeginRequest(Turn& turn);

// Another time is asked for than that of `appointment`. What its customer told the provider goes
// along with the next request, whose summary shows it. Where its proposed times are declined, the
// next request takes its place (Session::replaced).
void AskForAnother(Turn& turn, const v1::Appointment& appointment);

// What the summary that this turn draws says of the request that it takes the place of: only its
// button takes that back. Where it has moved on meanwhile, nothing is taken back. HTML; may be
// empty.
std::string ReplacedOnSummary(Turn& turn, const ProviderId& provider);

// What to say instead of sending a request whose summary promised to take back what the provider
// has accepted meanwhile: it would be one appointment more. From then on it takes no other's place.
// HTML; empty: it can be sent.
std::string AcceptedMeanwhile(Turn& turn, const ConfirmRequest& action);

// The name of the request that the one being sent takes the place of, as its summary said; empty:
// of none.
std::string ReplacedBy(Turn& turn, const ConfirmRequest& action);

}  // namespace kalends::telegram
