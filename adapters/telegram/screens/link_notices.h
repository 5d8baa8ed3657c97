// News of who belongs to a provider, and what it asks of them, which are about no appointment that
// the recipient sees.
#pragma once

#include <optional>

#include "adapters/telegram/screens/common.h"
#include "kalends/v1/notification_service.pb.h"

namespace kalends::telegram {

Screen JoinedNotice(const Reader& reader, const v1::Notification& notification);
Screen SpecialistJoinedNotice(const Reader& reader, const v1::Notification& notification);
Screen GivenAwayNotice(const Reader& reader, const v1::Notification& notification);
Screen ConsentWantedNotice(const Reader& reader, const v1::Notification& notification);
// Where what is to be signed is listed.
std::optional<Action> OpenTerms(const v1::Notification& notification);

}  // namespace kalends::telegram
