// A provider's practice: what it is made of, and what is still missing (SPEC 3).
#pragma once

#include "adapters/telegram/actions/practice.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {

// Each part with a button of its own; above, what keeps customers from booking, to be ticked off.
Screen PracticeScreen(const Reader& reader, const v1::Provider& provider);
// Leads there, from the screens of its parts.
Button PracticeButton(const Reader& reader);

}  // namespace kalends::telegram
